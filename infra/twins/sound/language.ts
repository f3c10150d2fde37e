/** A part of a text in one language, and the pause after it. */
export interface Run {
  language: "zh" | "en";
  text: string;
  pauseSeconds: number;
}

/**
 * Splits a text into runs. If the text contains hanzi, everything except Latin words is read in Chinese, including
 * numbers. The punctuation marks at the end of a run determine the pause after it.
 */
export function toRuns(text: string): Run[] {
  if (!/\p{Script=Han}/u.test(text))
    return [{ language: "en", text: readable(text, english), pauseSeconds: pauseAfter(text) }];
  const runs: Run[] = [];
  for (const piece of readable(text, chinese).split(latinWords)) {
    if (!/[\p{L}\p{N}]/u.test(piece)) {
      const last = runs.at(-1);
      if (last !== undefined) last.pauseSeconds = Math.max(last.pauseSeconds, pauseAfter(piece));
      continue;
    }
    // Punctuation marks at the beginning of a piece extend the pause before that piece.
    const opening = /^[\s\p{P}]*/u.exec(piece)?.[0] ?? "";
    const last = runs.at(-1);
    if (last !== undefined) last.pauseSeconds = Math.max(last.pauseSeconds, pauseAfter(opening));
    const latin = /\p{Script=Latin}/u.test(piece);
    runs.push({
      language: latin ? "en" : "zh",
      text: latin ? piece.replaceAll("_", " ") : piece.slice(opening.length),
      pauseSeconds: pauseAfter(piece),
    });
  }
  return runs;
}

/** Matches consecutive words in Latin letters, including the digits and punctuation marks inside these words. */
const latinWords =
  /(\p{Script=Latin}[\p{Script=Latin}\p{M}\d_.'’&+-]*(?: +\p{Script=Latin}[\p{Script=Latin}\p{M}\d_.'’&+-]*)*)/u;

/** How many seconds of silence the punctuation marks at the end of a text require. */
function pauseAfter(text: string): number {
  const marks = /[\s\p{P}]*$/u.exec(text)?.[0] ?? "";
  if (/[。！？.!?…]/.test(marks)) return 0.28;
  if (/[；;：:\n—]/.test(marks)) return 0.22;
  if (/[，,、]/.test(marks)) return 0.15;
  return 0.03;
}

const digits = "零一二三四五六七八九";

/** Replaces each digit by its hanzi, so that a number is spoken digit by digit. */
const oneByOne = (text: string) => text.replace(/\d/g, (digit) => digits[Number(digit)] as string);

type Rewrite = readonly [RegExp, (...groups: string[]) => string];

/** Rules that rewrite numbers in Chinese text, where espeak-ng would pronounce them wrongly. */
const chinese: readonly Rewrite[] = [
  [/(\d{4})(?=\s*年)/g, (year) => oneByOne(year as string)],
  [/(\d{1,2})[:：](\d{2})/g, (_, hour, minute) => `${hour}点${Number(minute) === 0 ? "整" : `${minute}分`}`],
  [/\d{3,4}(?:-\d{4}){1,2}|\b1\d{10}\b/g, (number) => oneByOne(number as string).replaceAll("-", "，")],
  [/(\d[\d,.]*)\s*[%％]/g, (_, amount) => `百分之${amount}`],
  [/[$＄]\s*(\d[\d,]*(?:\.\d+)?)/g, (_, amount) => `${amount}美元`],
  [/[¥￥]\s*(\d[\d,]*(?:\.\d+)?)/g, (_, amount) => `${amount}元`],
  [/-?(\d+(?:\.\d+)?)\s*(?:℃|°C)/g, (all, degrees) => `${(all as string).startsWith("-") ? "零下" : ""}${degrees}度`],
];

/** Rules that rewrite numbers in English text, where espeak-ng would pronounce them wrongly. */
const english: readonly Rewrite[] = [
  [/\$(\d[\d,]*)\.00\b/g, (_, dollars) => `${dollars} dollars`],
  [/\$(\d[\d,]*)\.(\d{2})\b/g, (_, dollars, cents) => `${dollars} dollars ${cents}`],
  [/\$(\d[\d,]*\d|\d)/g, (_, dollars) => `${dollars} dollars`],
  [/\b\d{3}-\d{4}\b/g, (number) => [...(number as string)].join(" ").replace(" - ", ", ")],
];

function readable(text: string, rewrites: readonly Rewrite[]): string {
  return rewrites.reduce((read, [pattern, say]) => read.replace(pattern, say), text);
}
