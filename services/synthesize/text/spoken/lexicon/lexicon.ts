import { pinyinCharacter } from "./pinyin.ts";

/**
 * Pronunciations of words, by written form: each value is a respelling, or pinyin with tone numbers (`chong2 qing4`).
 */
export type LexiconWords = Readonly<Record<string, string>>;

/** Pronunciations by BCP 47 tag; those of a tag apply in clauses of its language, those under `all` in every clause. */
export type LexiconByLanguage = Readonly<Record<string, LexiconWords>>;

/** The words of one language, indexed so that the longest word at a position in a text is found fast. */
export interface LexiconIndex {
  /** The spoken form of the word at `index`, and the index at which the word ends; undefined if no word is there. */
  find(text: string, index: number): { readonly spoken: string; readonly end: number } | undefined;
}

/** An indexed lexicon, which any number of texts may share. */
export interface Lexicon {
  /**
   * The words that apply in clauses of a language, given as a BCP 47 tag. Words of the tag itself take precedence over
   * words of its primary language, which take precedence over `all`.
   */
  in(tag: string): LexiconIndex;
}

const isLatin = (c: string | undefined): boolean => c !== undefined && /[\p{Script=Latin}\d]/u.test(c);

/** Makes a lexicon from the pronunciations of each language, indexed for fast look-up. */
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

/**
 * Combines two lexicons. Where words of both match, the longer word is used; if both are equally long, the word of
 * `upper`.
 */
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
 * Indexes words; later lists take precedence over earlier ones. Pinyin is replaced by characters with that
 * pronunciation, which every engine can speak. A word in Latin letters matches only whole words, capitalized or not.
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
    // A value that merely looks like pinyin is a respelling, such as "mp3".
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

/** The syllables of a value that looks like pinyin with tone numbers; empty for any other value. */
export const syllablesOf = (value: string): string[] =>
  /^(?:[a-zü]+[1-5]\s*)+$/i.test(value) ? (value.match(/[a-zü]+[1-5]/gi) ?? []) : [];
