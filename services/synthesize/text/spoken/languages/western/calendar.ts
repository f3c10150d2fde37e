import { digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, beforeOf, inEitherCase } from "../patterns.ts";
import { parseFigure, sayCounted } from "./figure.ts";
import type { Surroundings, Tongue } from "./tongue.ts";

const around = (match: RegExpExecArray): Surroundings => ({
  before: beforeOf(match.input, match.index),
  after: afterOf(match.input, match.index + match[0].length),
});
const plain = (digits: string): string => digits.replace(/^0(?=\d)/, "");
const isDay = (day: string): boolean => Number(day) >= 1 && Number(day) <= 31;

/** Dates and clock times. */
export function calendarRules(tongue: Tongue): readonly Rule[] {
  const names = inEitherCase([...tongue.months, ...(tongue.shortMonths ?? [])]);
  const link = String.raw`\.?\s(?:de\s|d['’])?`;
  const mark = `(?:\\s?(${tongue.hourMarks})(?!\\p{L}))`;

  function time(
    hour: string,
    minute: string | undefined,
    second: string | undefined,
    written: string,
    match: RegExpExecArray,
    ofSpan = false,
  ): string | undefined {
    if (Number(hour) > 24 || (Number(hour) === 24 && Number(minute ?? "0") > 0)) return undefined;
    return tongue.time({ hour: plain(hour), minute, second, mark: written, ofSpan }, around(match));
  }

  /** Numbers with their units of time, one after another. */
  function lasting(
    numbers: readonly (readonly [number: string | undefined, unit: string])[],
    below?: string,
  ): string | undefined {
    const parts = numbers.flatMap(([number, unit]) => {
      const noun = tongue.units.get(unit);
      return number === undefined || noun === undefined
        ? []
        : [sayCounted(parseFigure(plain(number)), noun, {}, tongue)];
    });
    const per = below === undefined ? undefined : tongue.units.get(below);
    const said = tongue.duration?.(parts);
    return per === undefined || said === undefined ? said : `${said} ${tongue.per(per, below ?? "")}`;
  }
  /** Hours one after the other, or after a word such as "dura", last. */
  const lasts = (from: string, to: string, before: string): boolean =>
    tongue.lastingCues?.test(before) === true ||
    (tongue.times !== undefined &&
      Number(to) === Number(from) + 1 &&
      !/(?<!\p{L})(?:d?[aà]s|de las|dalle)\s$/iu.test(before));
  const weekday =
    tongue.weekdays === undefined
      ? /(?!)/
      : new RegExp(`(?<!\\p{L})(?:${tongue.weekdays.names.join("|")})(?:-feira)?,?\\s(?:\\p{Ll}{1,3}\\s|[(])?$`, "iu");

  return [
    rule(
      "hours and minutes that last",
      digitStarts,
      /(?<![\d.,:])(\d{1,3})\s?(?:hrs?\.?|h\.?)\s?(?:[ye]\s)?(\d{1,2})\s?(?:min|mn|m)(?!\p{L})\.?(?:\s?(\d{1,2})\s?s(?:eg|ec)?(?!\p{L})\.?)?/u,
      ([, hours, minutes, seconds]) =>
        lasting([
          [hours, "h"],
          [minutes, "min"],
          [seconds, "s"],
        ]),
    ),
    rule(
      "minutes and seconds that last",
      digitStarts,
      /(?<![\d.,:])(\d{1,3})(?:\s?(?:min|mn)(?!\p{L})\.?\s?(\d{1,2}(?:[.,]\d+)?)\s?s(?:eg|ec)?(?!\p{L})\.?|['′]\s?(\d{1,2})(?:["″]|''))(?:\s?\/\s?(km)(?!\p{L}))?/u,
      ([, minutes, seconds, marked, below]) =>
        lasting(
          [
            [minutes, "min"],
            [seconds ?? marked, "s"],
          ],
          below,
        ),
    ),
    rule(
      "minutes and seconds as a clock time",
      digitStarts,
      /(?<![\d.,:])(\d{1,3}):([0-5]\d)(?:(?:\s?min)?\s?\/\s?(km)(?!\p{L})|(?![\d]|[:.,]\d))/u,
      (match) => {
        const [, minutes = "", seconds = "", below] = match;
        if (below === undefined && tongue.lastingCues?.test(beforeOf(match.input, match.index)) !== true)
          return undefined;
        return lasting(
          [
            [/^0+$/.test(minutes) ? undefined : minutes, "min"],
            [seconds === "00" && !/^0+$/.test(minutes) ? undefined : seconds, "s"],
          ],
          below,
        );
      },
    ),
    rule(
      "date in figures, year first",
      digitStarts,
      /(?<![\d.,-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])/,
      (match) => {
        const [, year = "", month = "", day = ""] = match;
        return Number(month) >= 1 && Number(month) <= 12 && isDay(day)
          ? tongue.date(plain(day), Number(month), year, around(match))
          : undefined;
      },
    ),
    rule(
      "month and year in figures",
      digitStarts,
      /(?<![\d.,/])(0[1-9]|1[0-2])\/((?:19|20)\d{2})(?:\s?[-–]\s?(0[1-9]|1[0-2])\/((?:19|20)\d{2}))?(?![\d/]|[.,]\d)/,
      (match) => {
        const [, month, year, endMonth, endYear] = match;
        const said = (m = "", y = ""): string =>
          tongue.monthOf?.(tongue.months[Number(m) - 1] ?? "", tongue.cardinal(y)) ?? "";
        if (tongue.monthOf === undefined) return undefined;
        return endMonth === undefined
          ? said(month, year)
          : tongue.range(
              () => said(month, year),
              () => said(endMonth, endYear),
              around(match),
            );
      },
    ),
    rule(
      "date in figures",
      digitStarts,
      /(?<![\d.,/-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d]|[./-]\d)/,
      (match) => {
        const [, day = "", separator = "", month = "", year = ""] = match;
        if (!isDay(day) || Number(month) < 1 || Number(month) > 12) return undefined;
        if (year.length === 2 && separator === "-") return undefined;
        if (year.length === 2 && tongue.versionCues.test(beforeOf(match.input, match.index))) return undefined;
        return tongue.date(plain(day), Number(month), year.length === 2 ? `20${year}` : year, around(match));
      },
    ),
    rule(
      "day and month in figures",
      digitStarts,
      /(?<![\d.,/:-])(\d{1,2})[º°]?([./])(\d{1,2})(\.?)(?![\d%€$°]|[.,:/]\d|\s?(?:%|€|\$|°))/,
      (match) => {
        const [whole, day = "", separator = "", month = "", stop] = match;
        const { before } = around(match);
        if (!isDay(day) || Number(month) < 1 || Number(month) > 12) return undefined;
        if (tongue.dayMarks?.includes(separator) === false) return undefined;
        // "in 3/4 der Fälle" is a part of something.
        if (/^\s(?:d(?:e|a|o|as|os|es|u|el|er|ella|ei|egli|elle|i)|des|of)\s|^\sd['’]/.test(around(match).after))
          return undefined;
        const isCued =
          (tongue.dateCues.test(before) || weekday.test(before)) &&
          (month.length === 2 || separator === "/" || stop === ".");
        if (!isCued && !(separator === "/" && day.length === 2 && /^0/.test(month))) return undefined;
        const spoken = tongue.date(plain(day), Number(month), undefined, around(match));
        // The full stop after the month ends the sentence as well.
        return whole.endsWith(".") && /^\s*$/.test(around(match).after) ? `${spoken}.` : spoken;
      },
    ),
    rule(
      "days of a month",
      digitStarts,
      new RegExp(String.raw`(?<![\d.,/:])(\d{1,2})\.?\s?[-–—~]\s?(\d{1,2})(?=${link}(?:${names})(?!\p{L}))(\.?)`, "u"),
      (match) => {
        const [, from = "", to = ""] = match;
        if (!isDay(from) || !isDay(to)) return undefined;
        const near = around(match);
        return (
          tongue.daysOfMonth?.(plain(from), plain(to), near) ??
          tongue.range(
            () => tongue.dayOfMonth(plain(from), near),
            () => tongue.dayOfMonth(plain(to), near),
            near,
          )
        );
      },
    ),
    rule(
      "day of a month",
      digitStarts,
      new RegExp(String.raw`(?<![\d.,/:])(\d{1,2})(?:er|º|°|ª|-го|-е)?(?=${link}(?:${names})(?!\p{L}))(\.?)`, "u"),
      (match) => (isDay(match[1] ?? "") ? tongue.dayOfMonth(plain(match[1] ?? ""), around(match)) : undefined),
    ),
    ...(tongue.year === undefined
      ? []
      : [
          rule(
            "year after a month",
            digitStarts,
            new RegExp(String.raw`(?<=(?:${names})\.?\s(?:de\s|del\s)?)(\d{4})(?![\d]|[.,]\d)`, "u"),
            (match) => tongue.year?.(match[1] ?? "", { ...around(match), before: "#month " }),
          ),
        ]),
    rule(
      "span of clock times",
      digitStarts,
      new RegExp(
        `(?<![\\d.,:])(\\d{1,2})(?::(\\d{2})|${mark}(\\d{2})?|)\\s?[-–]\\s?(\\d{1,2})(?::(\\d{2})${mark}?|${mark}(\\d{2})?)(?![\\d:])`,
        "u",
      ),
      (match) => {
        const [, h1 = "", m1, mark1, n1, h2 = "", m2, mark2, mark3, n2] = match;
        const last = mark2 ?? mark3 ?? "";
        // "3-5 h" lasts three to five hours; only clock times have minutes or the word for the hour of the day.
        if (
          m1 === undefined &&
          m2 === undefined &&
          n1 === undefined &&
          n2 === undefined &&
          (!tongue.clockMarks.test(last) || lasts(h1, h2, beforeOf(match.input, match.index)))
        )
          return undefined;
        const from = time(h1, m1 ?? n1, undefined, mark1 ?? "", match, true);
        const to = time(h2, m2 ?? n2, undefined, last, match, true);
        if (from === undefined || to === undefined) return undefined;
        return tongue.timeRange(from, to, around(match));
      },
    ),
    rule(
      "clock time",
      digitStarts,
      new RegExp(`(?<![\\d.,:])(\\d{1,2}):([0-5]\\d)(?::([0-5]\\d))?${mark}?(?![\\d]|:\\d)`, "u"),
      (match) => time(match[1] ?? "", match[2], match[3], match[4] ?? "", match),
    ),
    rule(
      "clock time with a word",
      digitStarts,
      new RegExp(`(?<![\\d.,:])(\\d{1,2})(?:\\.([0-5]\\d))?${mark}(?:\\s?([0-5]\\d)(?![\\d]|[.,]\\d))?`, "u"),
      (match) => {
        const [, hour = "", dotted, written = "", minute] = match;
        if (dotted === undefined && minute === undefined && !tongue.clockMarks.test(written)) return undefined;
        return time(hour, dotted ?? minute, undefined, written, match);
      },
    ),
    ...(tongue.timeCues === undefined
      ? []
      : [
          rule("clock time after its cue", digitStarts, /(?<![\d.,:])(\d{1,2})\.([0-5]\d)(?!\d|[.,:]\d|%)/, (match) =>
            tongue.timeCues?.test(beforeOf(match.input, match.index))
              ? time(match[1] ?? "", match[2], undefined, "", match)
              : undefined,
          ),
        ]),
  ];
}
