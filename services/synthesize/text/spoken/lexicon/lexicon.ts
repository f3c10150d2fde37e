import { pinyinCharacter } from "./pinyin.ts";

/** How words are to be said: each key as it is written, each value a respelling or pinyin with tone numbers (`chong2 qing4`). */
export type Lexicon = Readonly<Record<string, string>>;

/** A lexicon made ready: finds the longest of its words that stands at a place. */
export interface LexiconIndex {
  /** What is said at `index` and where that ends, or undefined. */
  find(text: string, index: number): { readonly spoken: string; readonly end: number } | undefined;
}

const isLatin = (c: string | undefined): boolean => c !== undefined && /[\p{Script=Latin}\d]/u.test(c);

/**
 * Makes a lexicon ready. Pinyin is said by characters that are read like it, so that it works with every engine; a syllable that
 * is none stands as it is. Words in Latin letters are found as whole words, in any case.
 */
export function indexLexicon(lexicon: Lexicon): LexiconIndex {
  const byFirst = new Map<string, { readonly written: string; readonly spoken: string }[]>();
  for (const [written, value] of Object.entries(lexicon)) {
    const first = written.slice(0, 1).toLowerCase();
    if (first === "") continue;
    const spoken = /^(?:[a-zü]+[1-5]\s*)+$/i.test(value)
      ? (value.match(/[a-zü]+[1-5]/gi) ?? []).map((syllable) => pinyinCharacter(syllable) ?? syllable).join("")
      : value;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { written: written.toLowerCase(), spoken }]);
  }
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
