import { digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, beforeOf } from "../patterns.ts";
import { parseFigure, sayCounted, sayFigure } from "./figure.ts";
import { alone } from "./number.ts";
import type { Tongue } from "./tongue.ts";

/**
 * Rules for numbers with K or M before what they count: "200 M de copias", "15k abonnés". "4K" by itself is a
 * resolution.
 */
export function scaledRules(tongue: Tongue): readonly Rule[] {
  const { million } = tongue;
  if (million === undefined) return [];
  return [
    rule(
      "number in millions",
      digitStarts,
      /(?<![\d.,])(\d{1,4}(?:[.,]\d{1,3})?)\s?M(?=\s?\+?\s(?:d['’]|d[ei]\s)?\p{Ll}{2,})/u,
      ([, number = ""]) => sayCounted(parseFigure(number), million, alone, tongue),
    ),
    rule(
      "number in thousands",
      digitStarts,
      /(?<![\d.,])(?![2458]K)(\d{1,4})(?:[.,](\d{1,2}))?(?:\s?k|K)(?=\s?\+?\s(?:d['’]|d[ei]\s)?\p{Ll}{2,})/u,
      (match) => {
        const [whole, number = "", part = ""] = match;
        const figure = parseFigure(`${number}${part.padEnd(3, "0")}`.replace(/^0+(?=\d)/, ""));
        const end = match.index + whole.length;
        return sayFigure(
          figure,
          tongue.agree(figure, { before: beforeOf(match.input, match.index), after: afterOf(match.input, end) }),
          tongue,
        );
      },
    ),
  ];
}
