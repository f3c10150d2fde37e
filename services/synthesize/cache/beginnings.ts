import { LRUCache } from "lru-cache";

/**
 * Texts whose speech is at hand, by how they begin: a text that is being written may become one of them, and then needs no engine. What is said of
 * one may be out of date: its speech may be gone, or be that of other words in another language.
 */
export interface Beginnings {
  /** Speech of a text is at hand. `whose`: who may hear it, and in which voice. */
  add(whose: string, text: string, seconds: number): void;
  /** How many seconds of speech the shortest text has that goes on where this one stops; undefined if none does. */
  find(whose: string, written: string): number | undefined;
}

interface Text {
  readonly text: string;
  readonly seconds: number;
}

/** Texts are looked for among those that share so many characters at their beginning: two hanzi, a word's first two letters. */
const shared = 2;
/** Of those so many are remembered, and of others, so many times as many: what is said most comes again before it is forgotten. */
const mostAlike = 32;
const mostBeginnings = 2_000;

/** Makes an empty list. */
export function createBeginnings(): Beginnings {
  const all = new LRUCache<string, readonly Text[]>({ max: mostBeginnings });
  const keyOf = (whose: string, text: string) => `${whose} ${text.slice(0, shared)}`;
  return {
    add(whose, given, seconds) {
      const text = given.trim();
      const key = keyOf(whose, text);
      const others = (all.get(key) ?? []).filter((other) => other.text !== text);
      all.set(key, [{ text, seconds }, ...others].slice(0, mostAlike));
    },
    find(whose, given) {
      const written = given.trimStart();
      if (written.length < shared) return undefined;
      const alike = all.get(keyOf(whose, written)) ?? [];
      const found = alike.filter(({ text }) => text.length > written.length && text.startsWith(written));
      return found.length === 0 ? undefined : Math.min(...found.map(({ seconds }) => seconds));
    },
  };
}
