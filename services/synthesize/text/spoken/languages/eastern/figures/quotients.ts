import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { afterOf, beforeOf } from "../../patterns.ts";
import type { EasternTongue } from "../tongue.ts";

const halves: Readonly<Record<string, readonly [string, string]>> = {
  "½": ["1", "2"],
  "⅓": ["1", "3"],
  "⅔": ["2", "3"],
  "¼": ["1", "4"],
  "¾": ["3", "4"],
};

/**
 * Rules for two numbers with a slash, colon or hyphen between them: fractions, ratios, scores, blood pressure.
 * Divisions and differences are left to other rules.
 */
export function quotientRules(tongue: EasternTongue): readonly Rule[] {
  const say = (written: string): string => {
    const [whole = "", part] = written.split(".");
    return part === undefined ? tongue.cardinal(whole) : tongue.decimal(whole, part);
  };
  return [
    rule(
      "one value over another, as in blood pressure",
      digitStarts,
      /(?<![\d.,/])(\d{2,3})\/(?=\d{2,3}(?![\d/]|[.,]\d))/,
      (match) =>
        tongue.overCues.test(beforeOf(match.input, match.index)) ||
        /^\d{2,3}\s?mmHg/.test(afterOf(match.input, match.index + match[0].length))
          ? `${tongue.cardinal(match[1] ?? "")}${tongue.over}`
          : undefined,
    ),
    rule(
      "score out of a total",
      digitStarts,
      /(?<![\d.,/])(\d{1,3}(?:\.\d+)?)\s?\/\s?(4\.[35]|5(?:\.0)?|10|100)(?:점|点)?(?![\d/]|[.,]\d)/,
      (match) =>
        tongue.pointCues.test(beforeOf(match.input, match.index)) || /100[점点]$/.test(match[0])
          ? tongue.points(say(match[1] ?? ""), say((match[2] ?? "").replace(/\.0$/, "")))
          : undefined,
    ),
    rule("decimal without its leading zero", ".", /(?<![\d.A-Za-z])\.(\d+)(?![\d.])/u, ([, part = ""]) =>
      tongue.decimal("0", part),
    ),
    rule("fraction", digitStarts, /(?<![\d.,/])(\d{1,3})\/(\d{1,3})(?![\d/]|[.,]\d)/, ([, above = "", below = ""]) =>
      Number(below) < 2 ? undefined : tongue.fraction(tongue.cardinal(above), tongue.cardinal(below)),
    ),
    rule("fraction written as one character", Object.keys(halves).join(""), /[½⅓⅔¼¾]/, ([glyph]) => {
      const [above, below] = halves[glyph] ?? ["1", "2"];
      return tongue.fraction(tongue.cardinal(above), tongue.cardinal(below));
    }),
    rule(
      "ratio",
      digitStarts,
      /(?<![\d.,:])(\d{1,3})\s?:\s?(\d{1,3}(?:,\d{3})+|\d{1,7})(?![\d:]|[.,]\d)/,
      ([, left = "", right = ""]) => tongue.ratio(tongue.cardinal(left), tongue.cardinal(right.replaceAll(",", ""))),
    ),
    rule(
      "ratio with an unknown",
      `${digitStarts}abcxyzk`,
      /(?<![A-Za-z\d.,:])(?:([a-cxyzk])\s?:\s?(\d{1,4}|[a-cxyzk])|(\d{1,4})\s?:\s?([a-cxyzk]))(?![A-Za-z\d:])/,
      ([, first = "", of = "", number = "", second = ""]) => {
        const say = (one: string): string => (/\d/.test(one) ? tongue.cardinal(one) : tongue.formula.letter(one));
        return tongue.ratio(say(first === "" ? number : first), say(of === "" ? second : of));
      },
    ),
    rule("colon of ports", ":", /(?<=\d{2}):(?=\d{2})/, () => tongue.colon),
    rule("result of a game", digitStarts, /(?<![\d.,-])(\d{1,3})-(\d{1,3})(?![\d-]|[.,]\d)/, (match) =>
      /\d-\d{1,2}[,、]?\s?$/.test(beforeOf(match.input, match.index)) ||
      /^[,、]\s?\d{1,2}-\d{1,2}(?![-\d])/.test(afterOf(match.input, match.index + match[0].length)) ||
      tongue.scoreCues.test(
        `${beforeOf(match.input, match.index)}${afterOf(match.input, match.index + match[0].length)}`,
      )
        ? tongue.ratio(tongue.cardinal(match[1] ?? ""), tongue.cardinal(match[2] ?? ""))
        : undefined,
    ),
  ];
}
