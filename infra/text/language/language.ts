import { countScripts, languageOfScript } from "./scripts.ts";
import { languagesByWord, letterHints } from "./words.ts";

/**
 * Detects the language of a text by its letters and function words. This code is made for the short questions and
 * answers of a conversation: on such texts a trigram library is no better, and costs half a second and many megabytes.
 */

/**
 * How strongly words in Latin script suggest each language: a word that three languages share adds a third to each.
 */
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

/** Returns the language with the greatest weight, and this weight; of several such languages, the first. */
export function strongest(weights: ReadonlyMap<string, number>): readonly [language: string | undefined, number] {
  let best: readonly [string | undefined, number] = [undefined, 0];
  for (const [language, weight] of weights) if (weight > best[1] + 1e-9) best = [language, weight];
  return best;
}

/** The language of a text, such as a question, as a BCP 47 tag; undefined if its words are not conclusive. */
export function languageOf(text: string): string | undefined {
  const counts = new Map(countScripts(text));
  const kana = counts.get("Kana") ?? 0;
  const han = counts.get("Han") ?? 0;
  // Every Japanese sentence has kana. A single kana among hanzi proves nothing: Chinese names use の as decoration.
  if (kana > 1 || (kana > 0 && han < 3)) return "ja";
  const latin = counts.get("Latin") ?? 0;
  counts.delete("Latin");
  counts.delete("Kana");
  const [script, letters] = strongest(counts);
  // A Chinese character counts like five Latin letters, since Chinese words are far shorter: they have two
  // characters, while words in Latin script have five or more letters.
  if (script !== undefined && letters * (script === "Han" ? 5 : 1) >= latin) return languageOfScript(script, text);
  return strongest(weighLatin(latinWords(text)))[0];
}
