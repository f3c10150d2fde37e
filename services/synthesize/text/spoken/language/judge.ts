import { latinWords, strongest, weighLatin } from "../../../../../infra/text/language/language.ts";
import { countScripts, languageOfScript } from "../../../../../infra/text/language/scripts.ts";
import { unitOf } from "../amounts/units/grammar.ts";

/**
 * A reply has one language, in which its numbers are spoken. Each clause may reveal the language by its letters; a
 * clause that reveals nothing, such as `$20.` or `v = v₀ + at`, has the language of the clauses before it.
 */

/** Words of formulas and clock times, which occur in texts of every language and so reveal none. */
const neutral = new Set("am pm sin cos tan cot sec log ln lim exp max min".split(" "));
/** Matches frequent Chinese characters that Japanese does not use: a sentence with one is Chinese, even with kana. */
const chineseOnly = /[们这吗呢啊吧还说么麼們這嗎]/u;
/** Matches Chinese function words: a sentence in which they join Latin words is Chinese. */
const chineseJoints = /[的是了在把和有会要用给到不请让被从与及等就可以]/u;
/**
 * Matches a Chinese punctuation mark at the end of a clause, with any further marks and quotes after it: `！?`. If the
 * clause is spoken as soon as its first mark arrives, further marks may not be there yet.
 */
export const chineseMark = /[，；：。！？][\p{P}\p{S}\s]*$/u;
const isLatin = (language: string | undefined): boolean => language !== undefined && !nonLatin.has(language);
const nonLatin = new Set("zh ja ko ru uk sr bg el he ar fa ur hi bn pa gu ta te th lo my ka am km hy".split(" "));

/**
 * The language of a clause, judging by its letters; "und" for words of an unknown language, undefined if no word
 * reveals one. If the letters are not conclusive, returns `usual`, the language of the reply so far. If `isAsked` (a
 * language was requested), any other language needs stronger evidence.
 */
export function judge(text: string, usual: string | undefined, isAsked = false): string | undefined {
  const counts = new Map(countScripts(text));
  const han = counts.get("Han") ?? 0;
  const kana = counts.get("Kana") ?? 0;
  const hangul = counts.get("Hangul") ?? 0;
  const latin = counts.get("Latin") ?? 0;
  if (kana > 0 && !isChineseWithKana(text, usual, han, kana)) return "ja";
  // A Korean sentence may contain hanzi in brackets, and a Chinese sentence a Korean word, so the counts are compared.
  if (hangul > 0 && (usual === "ko" || hangul * 2 >= han)) return hangul * 4 >= latin ? "ko" : (usual ?? "ko");
  for (const name of ["Latin", "Han", "Kana", "Hangul"]) counts.delete(name);
  const [other, letters] = strongest(counts);
  if (other !== undefined && letters > han && letters * 3 >= latin) {
    const language = languageOfScript(other, text);
    // Languages of one script share letters: once a text is known to be Ukrainian, words without specifically Ukrainian
    // letters count as Ukrainian too.
    return usual !== undefined && sharesScript(usual, language) ? usual : language;
  }
  const words = latinWords(/[A-Za-z]\.[A-Za-z]/.test(text) ? text.replace(/[\w-]+(?:\.[\w-]+)+/g, " ") : text);
  // Capitals, units and the words of formulas occur in every language (10kg, 3PM, USD, sin), so they are not counted.
  const long = words.filter(
    (word) =>
      word.length > 1 && !/^\p{Lu}+$/u.test(word) && unitOf(word) === undefined && !neutral.has(word.toLowerCase()),
  );
  if (han > 0) return judgeWithHan(text, long, han, usual);
  if (long.length === 0) return undefined;
  // If the language is not known yet, a few Latin words before a Chinese punctuation mark belong to a Chinese text.
  if (usual === undefined && chineseMark.test(text)) return judgeBetweenOthers(long, "zh", text);
  return isLatin(usual) || usual === undefined
    ? judgeLatin(long, usual, isAsked)
    : judgeBetweenOthers(long, usual, text);
}

const families = ["ru uk sr bg", "ar fa ur", "hi mr ne"].map((list) => list.split(" "));
const sharesScript = (a: string, b: string | undefined): boolean =>
  families.some((family) => family.includes(a) && family.includes(b ?? ""));

/** Whether a text with kana is a Chinese sentence that merely quotes the kana. */
function isChineseWithKana(text: string, usual: string | undefined, han: number, kana: number): boolean {
  if (usual === "ja" || kana > han) return false;
  return (
    chineseOnly.test(text) ||
    (usual === "zh" && kana * 4 <= han) ||
    (kana === 1 && /\p{Script=Han}の\p{Script=Han}/u.test(text))
  );
}

/**
 * Determines the language of a clause with Chinese characters and perhaps Latin words. `usual`: the language of the
 * reply so far; if it is Japanese or Korean, Chinese characters alone do not make the clause Chinese.
 */
function judgeWithHan(text: string, long: readonly string[], han: number, usual: string | undefined): string {
  const weights = weighLatin(long);
  const running = long.filter((word) => /^\p{Ll}/u.test(word)).length;
  const [best, weight] = strongest(weights);
  // Quotations do not determine a sentence's language: “half past seven”就是7:30.
  const outside = text.replace(/“[^”]*”?|"[^"]*"|「[^」]*」?|《[^》]*》/g, " ");
  const joined = !isLatin(usual) && usual !== "ja" && usual !== "ko" && chineseJoints.test(outside);
  if (joined && outside !== text && latinWords(outside).length < 3) return "zh";
  const prose =
    best !== undefined &&
    weight > (best === "en" ? 0.3 : 1.5) &&
    running >= (usual === "zh" || joined ? 5 : 3) &&
    han <= running * 1.5;
  if (prose) return isLatin(usual) ? (usual ?? best) : best;
  if (han >= running && han * 2 >= long.length) return usual === "ja" || usual === "ko" ? usual : "zh";
  // Latin names alone do not change the language of a Chinese text: 点File > Preferences.
  if (usual === "zh" || joined) return "zh";
  if (isLatin(usual)) return usual ?? "en";
  // Names can look like function words: "Del" in Ctrl+Alt+Del打开 is also a Spanish word. So a language other than
  // English needs strong evidence.
  return best === "en" || weight >= 1.2 ? (best ?? "zh") : "zh";
}

/**
 * Determines the language of a clause of Latin words in a reply that so far was in another script. The clause is either
 * prose in a language with Latin script, or only names: then the result is `usual`, the reply's language.
 */
function judgeBetweenOthers(long: readonly string[], usual: string, text: string): string {
  const [best, weight] = strongest(weighLatin(long));
  const running = long.filter((word) => /^\p{Ll}/u.test(word)).length;
  // Word forms with arrows between them, as in "go → went → gone", are quoted examples, so they do not show the
  // language.
  if (best === undefined || /^\W*[A-Za-z]+(?:\s?→\s?[A-Za-z]+)+\W*$/.test(text)) return usual;
  // A name may look like a word of another language ("Beijing" has the ij of Dutch). Only English is so frequent that
  // less evidence suffices. A Chinese comma or full stop at the end makes a few Latin words part of a Chinese sentence:
  // check-out 11 AM，
  if (usual === "zh" && chineseMark.test(text)) return weight >= 1.6 ? best : usual;
  return weight >= 1.2 || (best === "en" && weight >= 0.5 && (running >= 2 || long.length >= 4)) ? best : usual;
}

/**
 * The language of a clause in Latin script. `usual`: the language of the reply, also in Latin script; undefined if
 * unknown. `isAsked`: the caller asked for that language, so more evidence is needed for another one.
 */
function judgeLatin(long: readonly string[], usual: string | undefined, isAsked: boolean): string | undefined {
  const weights = weighLatin(long);
  const [best, weight] = strongest(weights);
  if (usual === undefined) {
    if (best !== undefined) return best;
    // Only very short English clauses lack function words; a longer clause without any is in an unknown language.
    const running = long.filter((word) => /^\p{Ll}/u.test(word)).length;
    return running < 3 && long.every((word) => /^[A-Za-z'’]+$/.test(word)) ? "en" : "und";
  }
  const own = weights.get(usual) ?? 0;
  // The evidence must be strong: a quoted title or name in another language does not change the reply's language.
  return best !== undefined && weight >= (isAsked ? 3 : 1.8) && weight > own * (isAsked ? 4 : 2.5) ? best : usual;
}
