/**
 * Converts transcribed Chinese to simplified characters. Whisper writes either simplified or traditional characters,
 * and a hint in its prompt can tell it which to write. But the hint makes Whisper understand English worse, so it is
 * given only if the language is known to be Chinese. The text is converted afterwards in any case.
 */
import { Converter } from "opencc-js/t2cn";

let simplify: ((text: string) => string) | undefined;

/**
 * Converts Chinese text to simplified characters, unless traditional ones were asked for. `language` is the text's BCP
 * 47 tag; empty: unknown.
 */
export function simplified(text: string, language: string): string {
  if (!/\p{Script=Han}/u.test(text) || !isMandarin(text, language)) return text;
  // The converter takes some ten milliseconds to load, once, and only where Chinese is transcribed.
  const convert = simplify ?? Converter({ from: "t", to: "cn" });
  simplify = convert;
  return convert(text);
}

function isMandarin(text: string, language: string): boolean {
  if (language === "") return !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text);
  const { language: short, script } = new Intl.Locale(language).maximize();
  return (short === "zh" || short === "cmn") && script !== "Hant";
}
