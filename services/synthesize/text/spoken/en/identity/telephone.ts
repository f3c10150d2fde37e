import { after, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, digits, oh } from "../number.ts";
import { countedNoun, follows, telephoneCue } from "./cue.ts";

/** How digits are spoken one by one, with a pause between the groups in which they are written. */
export function groups(text: string): string {
  return text
    .split(/[^\d]+/)
    .filter((part) => part !== "")
    .map((part) => (part === "800" || part === "900" ? `${cardinal(part[0] ?? "")} hundred` : digits(part)))
    .join(", ");
}

/** Rules for telephone numbers after a word such as "call". They are tried before the rules for years and dates. */
export const cuedTelephoneRules: readonly Rule[] = [
  rule(
    "telephone number after a word such as call",
    digitStarts,
    /(?<![\d.,$])\d{3,}(?:[-\s]\d{2,})*(?![\d%]|[.,]\d|[-/]\d|:\d)/,
    (match, place) =>
      follows(telephoneCue, place) && !countedNoun.test(after(match, 20)) ? groups(match[0]) : undefined,
  ),
];

/** Rules for telephone numbers, which are recognized by their format or by a word such as "call" before them. */
export const telephoneRules: readonly Rule[] = [
  rule("telephone number with a country code", "+", /\+(\d{1,3})[-\s.]?((?:\(?\d+\)?[-\s.]?){1,6}\d)(?!\d)/, (match) =>
    /\d{5}/.test(match[0].replace(/[^\d]/g, ""))
      ? `plus ${digits(match[1] ?? "")}, ${groups(match[2] ?? "")}`
      : undefined,
  ),
  rule(
    "telephone number of ten digits in groups",
    "(0123456789",
    /(?<![\d.-])(?:1[-.\s])?(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?![\d-])/,
    ([text]) => groups(text),
  ),
  rule("telephone number of seven digits", digitStarts, /(?<![\d.-])\d{3}-\d{4}(?![\d-])/, ([text]) => groups(text)),
  rule(
    "emergency number",
    digitStarts,
    /(?<![\d.,$/]|\b(?:[Tt]he|[Aa]|[Pp]orsche)\s)911(?![\d.,%/]\d|%)(?=$|[.,!?;]|\s(?:if|for|in|immediately|right|or|now|and|call|operator|dispatcher|calls?|is|was|can|will|works?|should|from|at once|free)\b)/,
    "nine one one",
  ),
  rule(
    "extension after a telephone number",
    "xeE",
    /(?<=\d{4}[,\s]{1,2})(?:x|[Ee]xt\.?)\s?(\d{1,6})(?!\d)/,
    ([, n = ""]) => `extension ${oh(n)}`,
  ),
  rule("social security number", digitStarts, /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/, ([text]) => groups(text)),
];
