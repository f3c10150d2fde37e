/** That no sign is lost: each is said in every language that has rules, beside letters. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { createSegmenter } from "../segmenter/segmenter.ts";
import { createSpokenForm } from "./spoken.ts";

const greek = "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩϕϵ";
const operators = "±×÷=≠≈<>≤≥∞√∑∫∂∈∉∪∩⊂⊆∴∵∝⇒→←↑↓";
const marks = "%‰°℃℉€£¥$&@§№½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞";
const signs = [...greek, ...operators, ...marks];

/** The signs that are not said yet: silent, or left to the voice as they are. */
const romance = "∑∫∂∈∉∪∩⊂⊆∴∵∝⇒→←↑↓ϕϵ";
const unsaid: Readonly<Record<string, string>> = {
  zh: "×√←‰§№ιουΞΠ",
  en: "←‰ιουΞΠ",
  de: "∑∂∈∉∪∩⊂⊆∴∵∝⇒→←↑↓ϕϵ",
  fr: romance,
  es: romance,
  it: romance,
  pt: romance,
  ru: romance,
  ja: "∂∉⊆⇒→←↑↓ϕϵ№⅕⅖⅗⅘⅙⅛⅜⅝⅞",
  ko: "∂∉⊆⇒→←↑↓ϕϵ№⅕⅖⅗⅘⅙⅛⅜⅝⅞",
};

function said(text: string, language: string): string {
  const segmenter = createSegmenter();
  const form = createSpokenForm({ language });
  return [...segmenter.push(text), ...segmenter.flush()].map((clause) => form.speak(clause).spoken).join(" ");
}

for (const [language, left] of Object.entries(unsaid))
  it(`each sign is said in ${language}`, () => {
    const isSaid = (sign: string) => {
      const spoken = said(`a ${sign} b`, language);
      return !spoken.includes(sign) && spoken.replace(/[^\p{L}\p{N}]/gu, "").length > 2;
    };
    assert.equal(signs.filter((sign) => !isSaid(sign) && !left.includes(sign)).join(""), "", "not said");
    assert.equal([...left].filter(isSaid).join(""), "", "said by now: take it off");
  });
