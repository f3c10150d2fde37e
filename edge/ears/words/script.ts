/**
 * The script in which Chinese is written down. Whisper writes either, and takes a hint in its prompt; but where nobody knows that Chinese will be
 * spoken, that hint makes it hear English worse. So what it wrote is put into simplified characters afterwards.
 */
import { Converter } from "opencc-js/t2cn";

let simplify: ((text: string) => string) | undefined;

/** The words in simplified characters, if they are Chinese and nobody asked for traditional ones. `language` is theirs as a BCP 47 tag; empty: not told. */
export function simplified(text: string, language: string): string {
  if (!/\p{Script=Han}/u.test(text) || !isMandarin(text, language)) return text;
  // It takes some ten milliseconds, once, and only where Chinese is heard.
  const convert = simplify ?? Converter({ from: "t", to: "cn" });
  simplify = convert;
  return convert(text);
}

function isMandarin(text: string, language: string): boolean {
  if (language === "") return !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text);
  const { language: short, script } = new Intl.Locale(language).maximize();
  return (short === "zh" || short === "cmn") && script !== "Hant";
}
