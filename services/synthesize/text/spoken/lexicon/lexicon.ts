import { pinyinCharacter } from "./pinyin.ts";

/** How words are to be said: each key as it is written, each value a respelling or pinyin with tone numbers (`chong2 qing4`). */
export type LexiconWords = Readonly<Record<string, string>>;

/** Words by the language of the clauses in which they count, a BCP 47 tag; those of `all` count in every one. */
export type LexiconByLanguage = Readonly<Record<string, LexiconWords>>;

/** The words of one language made ready: finds the longest that stands at a place. */
export interface LexiconIndex {
  /** What is said at `index` and where that ends, or undefined. */
  find(text: string, index: number): { readonly spoken: string; readonly end: number } | undefined;
}

/** A lexicon made ready, which any number of texts may share. */
export interface Lexicon {
  /** The words that count in clauses of a language, a BCP 47 tag: those of the tag come before those of its language, and those before `all`. */
  in(tag: string): LexiconIndex;
}

const isLatin = (c: string | undefined): boolean => c !== undefined && /[\p{Script=Latin}\d]/u.test(c);

/** Makes a lexicon ready. */
export function createLexicon(byLanguage: LexiconByLanguage): Lexicon {
  const keys = new Map(Object.entries(byLanguage).map(([key, words]) => [key.toLowerCase(), words]));
  const indexes = new Map<string, LexiconIndex>();
  return {
    in(tag) {
      const subtags = tag.toLowerCase().split(/[-_]/);
      const tags = subtags.map((_, count) => subtags.slice(0, count + 1).join("-")).filter((key) => keys.has(key));
      const name = tags.join(" ");
      const known = indexes.get(name);
      if (known !== undefined) return known;
      const index = indexWords(["all", ...tags].map((key) => keys.get(key) ?? {}));
      indexes.set(name, index);
      return index;
    },
  };
}

/** A lexicon without words. */
export const noLexicon: Lexicon = createLexicon({});

/** The words of two lexicons: at each place the longer one counts, of two that are as long that of `upper`. */
export function layerLexicons(upper: Lexicon, lower: Lexicon): Lexicon {
  return {
    in(tag) {
      const [above, below] = [upper.in(tag), lower.in(tag)];
      return {
        find(text, index) {
          const [one, other] = [above.find(text, index), below.find(text, index)];
          return one === undefined || (other !== undefined && other.end > one.end) ? other : one;
        },
      };
    },
  };
}

/**
 * Makes words ready, later lists before earlier ones. Pinyin is said by characters that are read like it, so that it works with every
 * engine. Words in Latin letters are found as whole words, in any case.
 */
function indexWords(lists: readonly LexiconWords[]): LexiconIndex {
  const words = new Map(
    lists.flatMap((list) => Object.entries(list).map(([key, value]) => [key.toLowerCase(), value])),
  );
  const byFirst = new Map<string, { readonly written: string; readonly spoken: string }[]>();
  for (const [written, value] of words) {
    const first = written.slice(0, 1);
    if (first === "") continue;
    const characters = syllablesOf(value).map(pinyinCharacter);
    // What only looks like pinyin is a respelling: mp3.
    const spoken = characters.length > 0 && !characters.includes(undefined) ? characters.join("") : value;
    const list = byFirst.get(first);
    if (list === undefined) byFirst.set(first, [{ written, spoken }]);
    else list.push({ written, spoken });
  }
  if (byFirst.size === 0) return { find: () => undefined };
  for (const list of byFirst.values()) list.sort((a, b) => b.written.length - a.written.length);
  return {
    find(text, index) {
      for (const { written, spoken } of byFirst.get((text[index] ?? "").toLowerCase()) ?? []) {
        const end = index + written.length;
        if (text.slice(index, end).toLowerCase() !== written) continue;
        if (isLatin(written[0]) && isLatin(text[index - 1])) continue;
        if (isLatin(written.at(-1)) && isLatin(text[end])) continue;
        return { spoken, end };
      }
      return undefined;
    },
  };
}

/** The syllables of a value that looks like pinyin with the number of each tone; none of any other. */
export const syllablesOf = (value: string): string[] =>
  /^(?:[a-zü]+[1-5]\s*)+$/i.test(value) ? (value.match(/[a-zü]+[1-5]/gi) ?? []) : [];
