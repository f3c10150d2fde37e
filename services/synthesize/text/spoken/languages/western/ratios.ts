import { digitStarts, type Rule, rule } from "../../rule.ts";
import { parseFigure, sayFigure } from "./figure.ts";
import { alone } from "./number.ts";
import { afterOf, beforeOf } from "./patterns.ts";
import type { Surroundings, Tongue } from "./tongue.ts";

const glyphs: Readonly<Record<string, readonly [string, string]>> = {
  "½": ["1", "2"],
  "⅓": ["1", "3"],
  "⅔": ["2", "3"],
  "¼": ["1", "4"],
  "¾": ["3", "4"],
  "⅕": ["1", "5"],
  "⅖": ["2", "5"],
  "⅗": ["3", "5"],
  "⅘": ["4", "5"],
  "⅙": ["1", "6"],
  "⅛": ["1", "8"],
  "⅜": ["3", "8"],
  "⅝": ["5", "8"],
  "⅞": ["7", "8"],
};

/** Fractions, ratios, results of games, ordinals. */
export function ratioRules(tongue: Tongue): readonly Rule[] {
  const say = (digits: string): string => tongue.cardinal(digits);
  const around = (match: RegExpExecArray): Surroundings => ({
    before: beforeOf(match.input, match.index),
    after: afterOf(match.input, match.index + match[0].length),
  });
  const fraction = (above: string, below: string, match: RegExpExecArray): string =>
    (above === "1" && below === "2" ? tongue.halfOf?.(around(match)) : undefined) ??
    tongue.fraction(above, below, around(match));
  const numerators = Object.keys(glyphs).join("");
  return [
    rule(
      "mixed number",
      digitStarts,
      new RegExp(`(?<![\\d.,])(\\d+)\\s?([${numerators}])(?:\\s(\\p{L}+))?`, "u"),
      ([, whole = "", glyph = "", noun], place) => {
        const near: Surroundings = {
          before: beforeOf(place.text, place.index),
          after: noun === undefined ? "" : ` ${noun}`,
        };
        const counted = tongue.cardinal(whole, tongue.agree({ sign: "", whole, part: undefined, point: "" }, near));
        const rest = noun === undefined ? "" : ` ${noun}`;
        const [above, below] = glyphs[glyph] ?? ["1", "2"];
        if (glyph === "½") return tongue.withHalf(counted, noun);
        return `${counted} ${tongue.signs.and} ${tongue.fraction(above, below, near)}${rest}`;
      },
    ),
    rule("fraction as one sign", numerators, new RegExp(`[${numerators}]`), (match) => {
      const [above, below] = glyphs[match[0]] ?? ["1", "2"];
      return fraction(above, below, match);
    }),
    rule("result of a game", digitStarts, /(?<![\d.,])(\d{1,3})\s?[-–:]\s?(\d{1,3})(?![\d]|[.,:]\d|\s?%)/, (match) => {
      const [, left = "", right = ""] = match;
      const near = `${beforeOf(match.input, match.index)} ${afterOf(match.input, match.index + match[0].length)}`;
      if (
        match[0].includes(":")
          ? right.length === 2 &&
            left.length < 3 &&
            !tongue.scoreCues.test(near) &&
            Number(right) < 60 &&
            Number(left) < 25 &&
            right !== "09"
          : !tongue.scoreCues.test(near)
      )
        return undefined;
      return `${say(left)} ${tongue.signs[match[0].includes(":") && !tongue.scoreCues.test(near) ? "ratio" : ":"]} ${tongue.ratio?.(right, near) ?? say(right)}`.replace(
        /\s+/g,
        " ",
      );
    }),
    rule("fraction", digitStarts, /(?<![\d.,/])(\d{1,3})\/(\d{1,3})(?![\d/]|[.,]\d)/, (match) => {
      const [, above = "", below = ""] = match;
      if (Number(below) < 2 || above.length > 2) return undefined;
      if (tongue.outOfCues.test(`${beforeOf(match.input, match.index)}`))
        return `${say(above)} ${tongue.signs.outOf} ${say(below)}`;
      return fraction(above, below, match);
    }),
    rule("ordinal", digitStarts, new RegExp(`(?<![\\d.,])(\\d{1,4})(${tongue.ordinalMarks.source})`, "u"), (match) =>
      tongue.ordinal(match[1] ?? "", match[2] ?? "", {
        before: beforeOf(match.input, match.index),
        after: afterOf(match.input, match.index + match[0].length),
      }),
    ),
    rule(
      "times between numbers",
      digitStarts,
      /(?<![\d.,])(\d+(?:[.,]\d+)?)\s?[x×]\s?(?=\d)/,
      ([, left = ""], place) =>
        `${sayFigure(parseFigure(left), alone, tongue)} ${tongue.signs[/=/.test(place.text) ? "×" : "by"]}`,
    ),
  ];
}
