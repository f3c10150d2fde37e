import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { afterOf, beforeOf } from "../../patterns.ts";
import type { EasternTongue } from "../tongue.ts";

const plain = (digits: string): string => digits.replace(/^0(?=\d)/, "");
const validDate = (month: string, day: string): boolean =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;

/** Matches the dash and second date of a range such as "3/1-3/5"; `spanBefore` matches the first date and the dash. */
const spanAfter = /^\s?[-–~～〜]\s?(\d{1,2})\/(\d{1,2})(?![\d/]|\s?(?:カップ|個|量|程度|컵|개|정도|큰술|작은술))/;
const spanBefore = /(?<![\d/])(\d{1,2})\/(\d{1,2})\s?[-–~～〜]\s?$/;

/** Rules for numeric dates and clock times. */
export function calendarRules(tongue: EasternTongue): readonly Rule[] {
  return [
    rule(
      "date in figures",
      digitStarts,
      /(?<![\d.,])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d]|[-/]\d)/,
      ([, year = "", , month = "", day = ""]) =>
        validDate(month, day) ? tongue.date(year, plain(month), plain(day)) : undefined,
    ),
    rule("month and day in figures", digitStarts, /(?<![\d.,/])(\d{1,2})\/(\d{1,2})(?![\d/.])/, (match) => {
      const [text, month = "", day = ""] = match;
      const near = beforeOf(match.input, match.index);
      const after = afterOf(match.input, match.index + text.length);
      if (!validDate(month, day) || tongue.partCues.test(near) || /[+×÷*=]\s?$/.test(near)) return undefined;
      const other = spanAfter.exec(after) ?? spanBefore.exec(near);
      const isDate =
        (other !== null && validDate(other[1] ?? "", other[2] ?? "")) ||
        tongue.dateCues.test(near) ||
        tongue.dateFollowers.test(after);
      return isDate ? tongue.date(undefined, plain(month), plain(day)) : undefined;
    }),
    rule(
      "pace per kilometer",
      digitStarts,
      /(?<![\d.,:])(\d{1,2}):([0-5]\d)\s?\/\s?km(?![A-Za-z])/,
      ([, minutes = "", seconds = ""]) => tongue.pace(tongue.duration(undefined, plain(minutes), plain(seconds))),
    ),
    rule(
      "duration written with colons",
      digitStarts,
      /(?<![\d.,:])(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)(?![\d]|[:.]\d|,\d{3})/,
      (match) =>
        tongue.durationCues.test(beforeOf(match.input, match.index))
          ? tongue.duration(
              match[1] === undefined ? undefined : plain(match[1]),
              plain(match[2] ?? ""),
              plain(match[3] ?? ""),
            )
          : undefined,
    ),
    rule(
      "range of clock times",
      digitStarts,
      /(?<![\d.,:：])(\d{1,2})[:：]([0-5]\d)\s?[-–—~～〜]\s?(\d{1,2})[:：]([0-5]\d)(?![\d]|[:：]\d)/,
      ([, h1 = "", m1 = "", h2 = "", m2 = ""]) =>
        tongue.range(tongue.time(plain(h1), m1, undefined), tongue.time(plain(h2), m2, undefined)),
    ),
    rule(
      "clock time",
      digitStarts,
      /(?<![\d.,:：])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d))?(?![\d]|[:：]\d|,\d{3})/,
      (match) =>
        tongue.scoreCues.test(beforeOf(match.input, match.index))
          ? undefined
          : tongue.time(plain(match[1] ?? ""), match[2] ?? "", match[3]),
    ),
  ];
}
