import { digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, anyOf, beforeOf, isInQuotes } from "../patterns.ts";
import { parseFigure, sayFigure } from "../western/figure.ts";
import type { Tongue } from "../western/tongue.ts";
import { cardinal } from "./number.ts";
import { currencies, units } from "./words.ts";

/**
 * Rules for measures at the start of a compound word, durations, two values of one measure, inches, and "per" after a
 * slash. `tongue` returns how German says numbers.
 */
export const measureRules = (tongue: () => Tongue): readonly Rule[] => [
  measureOfWord(tongue),
  inches(tongue),
  rule("inches after a part", '"″”', /(?<=(?<![\d/])\d{1,2}\/\d{1,2})["″”](?=[\s,;:.)]|$)/, ({ index, input }) =>
    isInQuotes(input, index) ? undefined : " Zoll",
  ),
  rule("hyphen after a figure", "-", /(?<=(?<![\p{L}\d.,-])\d+(?:[.,/]\d+)?)-(?=\p{L})/u, " "),
  hoursThatLast(tongue),
  marksOutOfTotal(tongue),
  diameterOrAverage,
  rule("abbreviated minute after an ordinal", "M", /(?<=\d\.\s)Min(?:\.|(?!\p{L}))/u, "Minute"),
  minutesWithUnit(tongue),
  minutesAfterWord(tongue),
  twoValues(tongue),
  dividedByProduct,
  perUnit,
  rule("times between measures", "·", /(?<=[\p{L}\d)²³]\s)·(?=\s\d)/u, "mal"),
  pointOfCompass,
];

const unit = anyOf(units.keys());

/** Reads a measure at the beginning of a compound noun: `20-kg-Sack`, `15,6"-Display`. */
const measureOfWord = (tongue: () => Tongue): Rule =>
  rule(
    "measurement at the start of a compound word",
    digitStarts,
    new RegExp(`(?<![\\p{L}\\d.,/-])(\\d+(?:[.,]\\d+)?)(?:-(${unit}|€|\\$)-|["″”]-)(?=\\p{L})`, "u"),
    ([, n = "", written]) => {
      const forms =
        written === undefined ? ["Zoll", "Zoll"] : (units.get(written) ?? currencies.get(written)?.coin)?.forms;
      return forms === undefined
        ? undefined
        : `${sayFigure(parseFigure(n), {}, tongue())} ${forms[n === "1" ? 0 : 1]} `;
    },
  );

/** Reads `27"` as inches, unless the `"` closes a quotation. */
const inches = (tongue: () => Tongue): Rule =>
  rule(
    "inches",
    digitStarts,
    /(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)(?:″|["”](?=[\s,;:.)]|$))/,
    ([, n = ""], { text, index }) =>
      /["“„][^"”“]*$/.test(text.slice(Math.max(0, index - 60), index).replace(/\d["″”]/g, ""))
        ? undefined
        : `${sayFigure(parseFigure(n), {}, tongue())} Zoll`,
  );

const lasting = (figures: string, one: string, many: string): string =>
  `${cardinal(figures, { gender: "f" })} ${Number(figures) === 1 ? one : many}`;

/** Says a number of seconds: `whole` seconds, with the decimals `part` if there are any. */
const seconds = (tongue: () => Tongue, whole: string, part: string | undefined): string =>
  part === undefined
    ? lasting(whole, "Sekunde", "Sekunden")
    : `${sayFigure(parseFigure(`${Number(whole)},${part}`), {}, tongue())} Sekunden`;

/** Reads a duration with colons and a unit for hours: `2:30 h`, `1:05:12,5 Std.`. */
const hoursThatLast = (tongue: () => Tongue): Rule =>
  rule(
    "duration in hours, minutes and seconds",
    digitStarts,
    /(?<![\d.,:])(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:,(\d+))?)?\s?(?:h|Std\.?|Stunden)(?!\p{L})/u,
    ([, h = "", m = "", s, part]) =>
      [
        lasting(h, "Stunde", "Stunden"),
        ...(m === "00" ? [] : [lasting(m, "Minute", "Minuten")]),
        ...(s === undefined ? [] : [seconds(tongue, s, part)]),
      ].join(" "),
  );

/** Reads a decimal score and the slash before its maximum: `8,5/10`. */
const marksOutOfTotal = (tongue: () => Tongue): Rule =>
  rule(
    "score out of a total",
    digitStarts,
    /(?<![\d.,])(\d{1,3},\d{1,2})\/(?=(?:5|6|10|15|20|100)(?![\d/]|[.,]\d))/,
    ([, got = ""]) => `${sayFigure(parseFigure(got), {}, tongue())} von `,
  );

/** Reads `Ø` as "diameter" (`Ø 12 mm`) or as "average" (`Ø 12 °C`). */
const diameterOrAverage = rule("diameter or average sign (Ø)", "Ø⌀", /[Ø⌀]/, (match) =>
  /(?<!\p{L})im\s$/iu.test(beforeOf(match.input, match.index))
    ? "Durchschnitt"
    : /\d\s?(?:mm|cm|m|Zoll)\s$/.test(beforeOf(match.input, match.index)) ||
        /^\s?\d+(?:,\d+)?\s?(?:mm|cm)/.test(afterOf(match.input, match.index + 1))
      ? "Durchmesser"
      : "durchschnittlich",
);

/** Reads minutes and seconds with a colon, before a unit: `5:30 min`, `5:30/km`. */
const minutesWithUnit = (tongue: () => Tongue): Rule =>
  rule(
    "minutes and seconds with their unit",
    digitStarts,
    /(?<![\d.,:])(\d{1,3}):([0-5]\d)(?:,(\d+))?(?:\s?(?:min|Min\.?|Minuten)(?!\p{L})(?:\s?\/\s?(km|Meile))?|(?=\s?\/\s?km(?!\p{L}))(?:\s?\/\s?(km)))/u,
    ([, m = "", s = "", tenths, per, bare]) => {
      const below = per ?? bare;
      return [
        lasting(m, "Minute", "Minuten"),
        ...(s === "00" && tenths === undefined ? [] : [seconds(tongue, s, tenths)]),
        ...(below === undefined ? [] : [`pro ${below === "km" ? "Kilometer" : "Meile"}`]),
      ].join(" ");
    },
  );

/** Matches words before a number with a colon, such as 3:45, that make the number a duration and not a time of day. */
const lastsBefore =
  /(?:[Dd]auert?|[Ll]aufzeit|[Ss]pielzeit|[Ss]pieldauer|[Ll]änge|[Bb]estzeit|[Zz]eit von|[Rr]ekord|[Rr]undenzeit|[Pp]ace|[Tt]imer|[Ii]n|[Vv]on|[Ll]ied|[Ss]ong|[Vv]ideo)(?:\s(?:ist|von|bei|in|etwa|ca\.|rund|genau|auf|beträgt|liegt|lag|Minuten))*[\s:]+$/;

/** Reads `3:45` as minutes and seconds after a word such as "dauert" (lasts). */
const minutesAfterWord = (tongue: () => Tongue): Rule =>
  rule(
    "minutes and seconds after a word for a duration",
    digitStarts,
    /(?<![\d.,:])(\d{1,3}):([0-5]\d)(?:,(\d+))?(?![\d:]|\s?Uhr)/,
    (match, { text, index }) => {
      const [, m = "", s = "", tenths] = match;
      if (
        !lastsBefore.test(beforeOf(text, index)) ||
        (/(?:in|von)\s$/i.test(beforeOf(text, index)) && tenths === undefined && Number(m) < 24)
      )
        return undefined;
      return `${lasting(m, "Minute", "Minuten")} ${seconds(tongue, s, tenths)}`;
    },
  );

/**
 * Matches denominators with which two numbers with a slash are a fraction (`3/4`); with any other second number, they
 * are two values (`120/80`).
 */
const fraction = /^(?:[2-9]|10|12|16|20|25|32|50|64|100|1000)$/;

/** Reads the first number and the slash of a pair that is not a fraction, such as `225/45 R 17` and `2023/24`. */
const twoValues = (tongue: () => Tongue): Rule =>
  rule(
    "two numbers with a slash that are not a fraction",
    digitStarts,
    new RegExp(`(?<![\\d.,/])(\\d{1,4})/(?=(\\d{1,4})(?![\\d/]|[.,]\\d)(\\s?(?:${unit})|\\sZ?R\\s?\\d\\d)?)`, "u"),
    ([, one = "", other = "", measure], { text, index }) => {
      if (/blutdruck|mmHg/i.test(text.slice(Math.max(0, index - 40), index + 60))) return undefined;
      const isPair =
        (measure !== undefined && /R\s?\d\d|bit|[GTM]B|Hz|^\s?V$|^\s?W$/.test(measure)) ||
        !fraction.test(other) ||
        one.length > 2;
      // A number of four digits is the first year of a season: 2023/24.
      if (one.length === 4)
        return /^\d\d$/.test(other)
          ? `${tongue().year?.(one, { before: "#month ", after: "" }) ?? cardinal(one)} `
          : undefined;
      return isPair && Number(other) > 1 ? `${cardinal(one)} ` : undefined;
    },
  );

/** Reads a division by a product of units: `/(m²·a)`. */
const dividedByProduct = rule(
  "divided by a product",
  "/",
  /\/\s?\(([^()·*\s]{1,4})\s?[·*⋅]\s?([^()·*\s]{1,4})\)/,
  ([, first = "", second = ""]) => {
    const [one, other] = [first, second].map((written) => (written === "a" ? "Jahr" : units.get(written)?.forms[0]));
    return one === undefined || other === undefined ? undefined : `pro ${one} und ${other}`;
  },
);

/** Reads a slash and a unit as "per" and the unit: `/min`, `/Tag`. */
const perUnit = rule(
  "per unit after a figure",
  "/",
  /(?<=[\p{L}\d₂₃²³]\s?)\/\s?(min|Min\.?|h|Std\.?|s|d|Tag|km|m²|kg|l|ml|µl|Mon\.|Mo\.)(?![\p{L}\d])/u,
  ([, written = ""]) => {
    const noun = { "Mon.": "Monat", "Mo.": "Monat", d: "Tag", Tag: "Tag" }[written] ?? units.get(written)?.forms[0];
    return noun === undefined ? undefined : `pro ${noun}`;
  },
);

const long: Readonly<Record<string, string>> = { N: "Nord", S: "Süd", O: "Ost", W: "West" };

/** Reads abbreviated compass directions: `SW-Wind`, `52° N`. */
const pointOfCompass = rule(
  "compass direction of a wind or place",
  "NSOW",
  /(?<![\p{L}\d])(NNO|ONO|OSO|SSO|SSW|WSW|WNW|NNW|NO|NW|SO|SW|[NSOW])(?![\p{L}\d])/u,
  (match) => {
    const left = beforeOf(match.input, match.index);
    const right = afterOf(match.input, match.index + match[0].length);
    const isPlace = /°\s?(?:\d{1,2}['′]\s?)?(?:\d{1,2}["″]\s?)?$/.test(left);
    const isWind =
      /(?:[Ww]ind\p{Ll}*|[Bb]öen|[Rr]ichtung|[Ss]türme?)(?:\s\p{Ll}+){0,3}\s$/u.test(left) ||
      /^-?(?:\s?[Ww]ind|-Hang|-Seite)/.test(right);
    return isPlace || isWind
      ? [...(match[1] ?? "")].map((c, at) => (at === 0 ? long[c] : long[c]?.toLowerCase())).join("")
      : undefined;
  },
);
