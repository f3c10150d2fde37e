import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { beforeOf, inEitherCase } from "../../patterns.ts";
import { trimZeros } from "../number.ts";
import { laws } from "../ratios.ts";
import { around } from "../surroundings.ts";
import type { Tongue } from "../tongue.ts";

/** Rules for dates in figures, dates with the name of the month, and ranges of days. */
export const dateRules = (tongue: Tongue): readonly Rule[] => [
  yearFirst(tongue),
  monthAndYear(tongue),
  dayFirst(tongue),
  dayAndMonth(tongue),
  daysOfMonth(tongue),
  dayOfMonth(tongue),
  yearAfterMonth(tongue),
];

const isDay = (day: string): boolean => Number(day) >= 1 && Number(day) <= 31;
const isMonth = (month: string): boolean => Number(month) >= 1 && Number(month) <= 12;
/** A year of two digits in full: `84` is 1984 and `24` is 2024. */
const inFull = (year: string): string => `${Number(year) >= 70 ? 19 : 20}${year}`;

/** Reads a numeric date that begins with the year: `2024-05-01`, `2024/5/1`. */
const yearFirst = (tongue: Tongue): Rule =>
  rule(
    "date in figures, year first",
    digitStarts,
    /(?<![\d.,-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d-])/,
    (match) => {
      const [, year = "", , month = "", day = ""] = match;
      return isMonth(month) && isDay(day) ? tongue.date(trimZeros(day), Number(month), year, around(match)) : undefined;
    },
  );

/** Reads a month with its year in figures, or a range of such months: `02/2024`, `02/2024-05/2024`. */
const monthAndYear = (tongue: Tongue): Rule =>
  rule(
    "month and year in figures",
    digitStarts,
    /(?<![\d.,/])(0[1-9]|1[0-2])\/((?:19|20)\d{2})(?:\s?[-–]\s?(0[1-9]|1[0-2])\/((?:19|20)\d{2}))?(?![\d/]|[.,]\d)/,
    (match) => {
      const [, month, year, endMonth, endYear] = match;
      const isLaw = tongue.lawOf !== undefined && laws.test(around(match).before);
      const said = (m = "", y = ""): string =>
        tongue.monthOf?.(tongue.months[Number(m) - 1] ?? "", tongue.cardinal(y)) ?? "";
      if (tongue.monthOf === undefined || isLaw) return undefined;
      return endMonth === undefined
        ? said(month, year)
        : tongue.range(
            () => said(month, year),
            () => said(endMonth, endYear),
            around(match),
          );
    },
  );

/** Reads a numeric date that begins with the day: `1.5.2024`, `01/05/24`. */
const dayFirst = (tongue: Tongue): Rule =>
  rule(
    "date in figures",
    digitStarts,
    /(?<![\d.,/-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d]|[./-]\d)/,
    (match) => {
      const [, day = "", separator = "", month = "", year = ""] = match;
      if (!isDay(day) || !isMonth(month)) return undefined;
      if (year.length === 2 && separator === "-") return undefined;
      if (year.length === 2 && tongue.versionCues.test(beforeOf(match.input, match.index))) return undefined;
      return tongue.date(trimZeros(day), Number(month), year.length === 2 ? inFull(year) : year, around(match));
    },
  );

/** Reads a date without a year (`3/4`, `24.12.`), which is recognized by a word before it or by a leading zero. */
const dayAndMonth = (tongue: Tongue): Rule => {
  const weekday = weekdayBefore(tongue);
  return rule(
    "day and month in figures",
    digitStarts,
    /(?<![\d.,/:-])(\d{1,2})[º°]?([./])(\d{1,2})(\.?)(?![\d%€$°]|[.,:/]\d|\s?(?:%|€|\$|°))/,
    (match) => {
      const [whole, day = "", separator = "", month = "", stop] = match;
      const { before } = around(match);
      if (!isDay(day) || !isMonth(month)) return undefined;
      if (tongue.dayMarks?.includes(separator) === false) return undefined;
      // Before a word for "of", 3/4 is a fraction: "in 3/4 der Fälle".
      if (/^\s(?:d(?:e|a|o|as|os|es|u|el|er|ella|ei|egli|elle|i)|des|of)\s|^\sd['’]/.test(around(match).after))
        return undefined;
      const isCued =
        (tongue.dateCues.test(before) || weekday.test(before)) &&
        (month.length === 2 || separator === "/" || stop === ".");
      if (!isCued && !(separator === "/" && day.length === 2 && /^0/.test(month))) return undefined;
      const spoken = tongue.date(trimZeros(day), Number(month), undefined, around(match));
      // At the end of the text, the full stop after the month also ends the sentence, so it is kept.
      return whole.endsWith(".") && /^\s*$/.test(around(match).after) ? `${spoken}.` : spoken;
    },
  );
};

/** A pattern for the names of the months; `link` is a pattern for what may stand between a day and its month. */
const monthsOf = (tongue: Tongue): string => inEitherCase([...tongue.months, ...(tongue.shortMonths ?? [])]);
const link = String.raw`\.?\s(?:de\s|d['’])?`;

/** Reads a range of days before the name of their month: `3.–5. Mai`. */
const daysOfMonth = (tongue: Tongue): Rule =>
  rule(
    "days of a month",
    digitStarts,
    new RegExp(
      String.raw`(?<![\d.,/:])(\d{1,2})\.?\s?[-–—~]\s?(\d{1,2})(?=${link}(?:${monthsOf(tongue)})(?!\p{L}))(\.?)`,
      "u",
    ),
    (match) => {
      const [, from = "", to = ""] = match;
      if (!isDay(from) || !isDay(to)) return undefined;
      const near = around(match);
      return (
        tongue.daysOfMonth?.(trimZeros(from), trimZeros(to), near) ??
        tongue.range(
          () => tongue.dayOfMonth(trimZeros(from), near),
          () => tongue.dayOfMonth(trimZeros(to), near),
          near,
        )
      );
    },
  );

/** Reads a day before the name of its month: `1er mai`, `5 de mayo`. */
const dayOfMonth = (tongue: Tongue): Rule =>
  rule(
    "day of a month",
    digitStarts,
    new RegExp(
      String.raw`(?<![\d.,/:])(\d{1,2})(?:er|º|°|ª|-го|-е)?(?=${link}(?:${monthsOf(tongue)})(?!\p{L}))(\.?)`,
      "u",
    ),
    (match) => (isDay(match[1] ?? "") ? tongue.dayOfMonth(trimZeros(match[1] ?? ""), around(match)) : undefined),
  );

/** Reads a year after the name of a month: `mai 1998`, `mayo de 2024`. */
const yearAfterMonth = (tongue: Tongue): Rule =>
  rule(
    "year after a month",
    digitStarts,
    new RegExp(String.raw`(?<=(?:${monthsOf(tongue)})\.?\s(?:de\s|del\s)?)(\d{4})(?![\d]|[.,]\d)`, "u"),
    (match) => tongue.year?.(match[1] ?? "", { ...around(match), before: "#month " }),
  );

/** A pattern for a weekday right before a date; it matches nothing if the language has no weekdays. */
const weekdayBefore = (tongue: Tongue): RegExp =>
  tongue.weekdays === undefined
    ? /(?!)/
    : new RegExp(`(?<!\\p{L})(?:${tongue.weekdays.names.join("|")})(?:-feira)?,?\\s(?:\\p{Ll}{1,3}\\s|[(])?$`, "iu");
