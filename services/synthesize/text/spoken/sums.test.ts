/** Sums are read sign by sign, whichever number is the larger, and with white space or without. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { createSegmenter } from "../segmenter/segmenter.ts";
import { createSpokenForm } from "./spoken.ts";

/** The words for `+`, `-` and `=`. */
const languages = {
  en: ["plus", "minus", "equals"],
  zh: ["加", "减", "等于"],
  de: ["plus", "minus", "gleich"],
  fr: ["plus", "moins", "égale"],
  es: ["más", "menos", "igual a"],
  it: ["più", "meno", "uguale a"],
  pt: ["mais", "menos", "é igual a"],
  ja: ["足す", "引く", "は"],
  ru: ["плюс", "минус", "равно"],
} as const;

function said(text: string, language: string): string {
  const segmenter = createSegmenter();
  const form = createSpokenForm({ language });
  return [...segmenter.push(text), ...segmenter.flush()].map((clause) => form.speak(clause).spoken).join(" / ");
}

/** Whom one calls for help: such numbers are read digit by digit. */
const calls = [110, 112, 119, 120, 122, 911, 999];
const number = fc.integer({ min: 2, max: 999 }).filter((value) => !calls.includes(value));
const sums = fc.record({
  first: number,
  rest: fc.array(fc.tuple(fc.constantFrom(..."+-−"), number), { minLength: 1, maxLength: 3 }),
  space: fc.constantFrom(" ", ""),
  result: number,
});

for (const [language, [plus, minus, equals]] of Object.entries(languages))
  it(`reads sums in ${language}`, () => {
    const gap = language === "zh" || language === "ja" ? "" : " ";
    const words: Readonly<Record<string, string>> = { "+": plus, "-": minus, "−": minus };
    /** A number as it is read where it is added. */
    const read = (value: number) =>
      said(`1 + ${value} = 1`, language).split(`${gap}${equals}${gap}`)[0]?.split(`${plus}${gap}`)[1] ?? "";
    fc.assert(
      fc.property(sums, ({ first, rest, space, result }) => {
        const written = rest.map(([sign, value]) => `${space}${sign}${space}${value}`).join("");
        const spoken = rest.flatMap(([sign, value]) => [words[sign], read(value)]);
        assert.equal(
          said(`${first}${written}${space}=${space}${result}`, language),
          [read(first), ...spoken, equals, read(result)].join(gap),
        );
      }),
      // A twentieth: each takes several readings.
      { numRuns: Math.ceil(Number(process.env.WORDS_RUNS ?? 1000) / 20) },
    );
  });
