import { countScripts, languageOfScript } from "./scripts.ts";
import { languagesByWord, letterHints } from "./words.ts";

/**
 * Tells in which language a text is written, by its letters and small words. It is made for the short questions and
 * answers of a conversation: a library of trigrams does no better on them, and costs half a second and many megabytes.
 */

/** How strongly Latin-script words speak for each language: a word that three languages share counts a third for each. */
export function weighLatin(words: readonly string[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const add = (languages: readonly string[], weight: number) => {
    for (const language of languages) weights.set(language, (weights.get(language) ?? 0) + weight / languages.length);
  };
  for (const word of words) {
    const small = word.toLowerCase().replace("’", "'");
    const languages = languagesByWord.get(small);
    if (languages !== undefined) add(languages, 1);
    else
      for (const [pattern, hinted] of letterHints)
        if (pattern.test(small)) {
          add(hinted, 0.7);
          break;
        }
  }
  return weights;
}

/** The words of a text that are written in Latin letters. */
export const latinWords = (text: string): readonly string[] =>
  text.match(/\p{Script=Latin}[\p{Script=Latin}\p{M}]*(?:['’]\p{Script=Latin}+)*/gu) ?? [];

/** The strongest of some languages and its weight; the first of equals. */
export function strongest(weights: ReadonlyMap<string, number>): readonly [language: string | undefined, number] {
  let best: readonly [string | undefined, number] = [undefined, 0];
  for (const [language, weight] of weights) if (weight > best[1] + 1e-9) best = [language, weight];
  return best;
}

/** The language of a text as a BCP 47 tag, such as a question's; undefined where its words do not tell. */
export function languageOf(text: string): string | undefined {
  const counts = new Map(countScripts(text));
  const kana = counts.get("Kana") ?? 0;
  const han = counts.get("Han") ?? 0;
  // Japanese has kana in every sentence; a の by itself decorates Chinese names.
  if (kana > 1 || (kana > 0 && han < 3)) return "ja";
  const latin = counts.get("Latin") ?? 0;
  counts.delete("Latin");
  counts.delete("Kana");
  const [script, letters] = strongest(counts);
  // A Chinese word is two characters long, a Latin one five or more.
  if (script !== undefined && letters * (script === "Han" ? 5 : 1) >= latin) return languageOfScript(script, text);
  return strongest(weighLatin(latinWords(text)))[0];
}
