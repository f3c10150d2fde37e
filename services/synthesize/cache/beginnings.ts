import { LRUCache } from "lru-cache";

/**
 * The beginnings of texts whose speech is cached: a text that is still being written may become one of these texts, and
 * then needs no engine. The information may be wrong: the speech may have been evicted, or the text may be spoken in
 * other words because it is in another language.
 */
export interface Beginnings {
  /** Records that speech of a text is cached. `whose`: who may hear it, and in which voice. */
  add(whose: string, text: string, seconds: number): void;
  /** The seconds of speech of the shortest cached text that begins with `written`; undefined if there is none. */
  find(whose: string, written: string): number | undefined;
}

interface Text {
  readonly text: string;
  readonly seconds: number;
}

/** Texts are indexed by this many leading characters: two hanzi, or a word's first two letters. */
const shared = 2;
/**
 * The maximum number of texts in an index entry, and of index entries. Texts that are used often are not lost: they are
 * added again before they would be evicted.
 */
const mostAlike = 32;
const mostBeginnings = 2_000;

/** Makes an index that contains no texts yet. */
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
