import { digitStarts, type Rule, rule } from "../../rule.ts";
import { anyOf, beforeOf, isInQuotes } from "../patterns.ts";
import { parseFigure } from "./figure.ts";
import { alone } from "./number.ts";
import { around } from "./surroundings.ts";
import type { Noun, Surroundings, Tongue } from "./tongue.ts";

/** Fraction characters with their numerator and denominator. */
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
const signsOfFractions = Object.keys(glyphs).join("");

/** A pattern whose group matches a unit after a fraction, but not the verb "ha" (has) in "1/3 ha preso". */
const unitOf = (tongue: Tongue): string =>
  `(?:(?!\\sha\\s(?!d[ie]\\s)(?:\\p{Ll}+\\s)?\\p{Ll}+o(?!\\p{L}))\\s?(${anyOf(tongue.units.keys())}))?`;

/** Reads fractions of an inch: `1/2"`, `2 1/4"`. */
export const partOfInch = (tongue: Tongue, inch: Noun): Rule =>
  rule(
    "fraction of an inch",
    digitStarts,
    /(?<![\d.,/]|\d\s)(?:(\d{1,2})\s)?(\d{1,2})\/(\d{1,2})["″”](?!\p{L})/u,
    (match, { text, index }) => {
      const [, whole, above = "", below = ""] = match;
      if (Number(below) < 2 || isInQuotes(text, index)) return undefined;
      if (whole === undefined) return partOf(tongue, above, below, "″", match);
      const counted = tongue.cardinal(whole, inch);
      const isDeclined = inch.forms.length > 2;
      const noun = isDeclined ? inch.forms[1] : tongue.form(parseFigure(whole), inch, alone);
      if (above === "1" && below === "2") return tongue.withHalf(counted, noun);
      const part = `${tongue.signs.and} ${tongue.fraction(above, below, around(match))}`;
      return isDeclined ? `${counted} ${part} ${noun}` : `${counted} ${noun} ${part}`;
    },
  );

/** Reads a whole number with a fraction: `2½ horas`, `1 3/4 tazas`. */
export const mixedNumber = (tongue: Tongue): Rule =>
  rule(
    "mixed number",
    digitStarts,
    new RegExp(
      `(?<![\\d.,])(\\d+)(?:\\s?([${signsOfFractions}])|\\s(\\d)/(\\d)(?![\\d/]))(?:\\s?(${anyOf(tongue.units.keys())})|\\s(\\p{L}+))?`,
      "u",
    ),
    ([, whole = "", glyph = "", top, bottom, short, word], place) => {
      const counts = tongue.units.get(short ?? "");
      const isCounted = tongue.halfOf === undefined || tongue.halfOf({ before: "", after: ` ${word}` }) !== undefined;
      const noun =
        counts === undefined ? (isCounted ? word : undefined) : whole === "1" ? counts.forms[0] : counts.forms[1];
      const near: Surroundings = {
        before: beforeOf(place.text, place.index),
        after: noun === undefined ? "" : ` ${noun}`,
      };
      const figure = { sign: "", whole, part: undefined, point: "" };
      const counted = tongue.cardinal(whole, counts ?? tongue.agree(figure, near));
      const rest = noun === undefined ? "" : ` ${noun}`;
      const [above, below] = glyphs[glyph] ?? [top ?? "1", bottom ?? "2"];
      if (Number(above) >= Number(below)) return undefined;
      if (above === "1" && below === "2")
        return `${tongue.withHalf(counted, noun)}${isCounted || word === undefined ? "" : ` ${word}`}`;
      return `${counted} ${tongue.signs.and} ${tongue.fraction(above, below, near)}${rest}`;
    },
  );

/** Reads a fraction that is a single character: `½ litro`. */
export const fractionSign = (tongue: Tongue): Rule =>
  rule(
    "fraction written as one character",
    signsOfFractions,
    new RegExp(`([${signsOfFractions}])${unitOf(tongue)}`, "u"),
    (match) => {
      const [above, below] = glyphs[match[1] ?? ""] ?? ["1", "2"];
      return partOf(tongue, above, below, match[2], match);
    },
  );

/** Reads `3/4 l`, and also two numbers with a slash that are not a fraction: `120/80 mmHg`, `note 15/20`. */
export const fraction = (tongue: Tongue): Rule =>
  rule(
    "fraction",
    digitStarts,
    new RegExp(`(?<![\\d.,/])(\\d{1,3})/(\\d{1,3})(?![\\d/]|[.,]\\d)${unitOf(tongue)}`, "u"),
    (match) => {
      const [, above = "", below = "", written] = match;
      const near = around(match);
      if (written === "mmHg" || /\bmmHg\b/.test(near.after) || tongue.overCues?.test(`${near.before} ${near.after}`))
        return `${tongue.cardinal(above)} ${tongue.signs.over ?? tongue.signs.outOf} ${tongue.cardinal(below)}${written === undefined ? "" : ` ${tongue.units.get(written)?.forms[1] ?? ""}`}`;
      if (Number(below) < 2 || above.length > 2) return undefined;
      // Without a unit, x/20 and x/100 are grades ("15 out of 20") and not fractions.
      const isMark = tongue.times !== undefined && /^(?:20|100)$/.test(below) && written === undefined;
      // For a fraction greater than one, French just says the two numbers.
      const isImproper = tongue.properFractions === true && Number(above) > Number(below) && written === undefined;
      if (isMark || isImproper || tongue.outOfCues.test(near.before))
        return `${tongue.cardinal(above)} ${tongue.signs.outOf} ${tongue.cardinal(below)}`;
      return partOf(tongue, above, below, written, match);
    },
  );

/** Says a fraction, of a unit if there is one: "medio litro", "tres cuartos de taza". */
function partOf(
  tongue: Tongue,
  above: string,
  below: string,
  written: string | undefined,
  match: RegExpExecArray,
): string {
  const noun = written === undefined ? undefined : tongue.units.get(written);
  if (noun === undefined || /^[%°]/.test(written ?? "")) {
    const near = around(match);
    const said = above === "1" && below === "2" ? tongue.halfOf?.(near) : undefined;
    return `${said ?? tongue.fraction(above, below, near)}${written === undefined ? "" : ` ${noun?.forms[1] ?? ""}`}`;
  }
  const one = noun.forms[0] ?? "";
  const half =
    above === "1" && below === "2" ? tongue.halfOf?.({ before: around(match).before, after: ` ${one}` }) : undefined;
  // In languages with cases, what is halved is in the genitive: "половину килограмма".
  if (half !== undefined) return `${half} ${noun.forms.length > 2 ? noun.forms[1] : one}`;
  const of = tongue.signs.of ?? "";
  return `${tongue.fraction(above, below, around(match))} ${/^[aeiouhé]/.test(one) && of === "de " && tongue.readsPairs ? "d'" : of}${noun.forms.length > 2 ? noun.forms[1] : one}`;
}
