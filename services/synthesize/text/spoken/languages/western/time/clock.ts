import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { beforeOf } from "../../patterns.ts";
import { trimZeros } from "../number.ts";
import { around } from "../surroundings.ts";
import type { ClockTime, Tongue } from "../tongue.ts";

/** Rules for clock times and for ranges of clock times. */
export const clockRules = (tongue: Tongue): readonly Rule[] => [
  span(tongue),
  withColon(tongue),
  withWord(tongue),
  withFullStop(tongue),
];

/** A pattern whose only group captures a word or letter for "hour" after a clock time, such as "h" or "Uhr". */
const markOf = (tongue: Tongue): string => `(?:\\s?(${tongue.hourMarks})(?!\\p{L}))`;

/** Says a time of day; undefined if the numbers are not a valid time. */
const say = (tongue: Tongue, time: ClockTime, match: RegExpExecArray): string | undefined =>
  Number(time.hour) > 24 || (Number(time.hour) === 24 && Number(time.minute ?? "0") > 0)
    ? undefined
    : tongue.time({ ...time, hour: trimZeros(time.hour) }, around(match));

/** Whether a range of hours is a duration: the hours are consecutive, or a word such as "dura" precedes. */
const lasts = (tongue: Tongue, from: string, to: string, before: string): boolean =>
  tongue.lastingCues?.test(before) === true ||
  (tongue.times !== undefined &&
    Number(to) === Number(from) + 1 &&
    !/(?<!\p{L})(?:d?[aà]s|de las|dalle)\s$/iu.test(before));

/** Reads a range of clock times: `9:00–17:30`, `9-12h`, `10h30 - 11h`. */
const span = (tongue: Tongue): Rule => {
  const mark = markOf(tongue);
  return rule(
    "range of clock times",
    digitStarts,
    new RegExp(
      `(?<![\\d.,:])(\\d{1,2})(?::(\\d{2})|${mark}(\\d{2})?|)\\s?[-–]\\s?(\\d{1,2})(?::(\\d{2})${mark}?|${mark}(\\d{2})?)(?![\\d:])`,
      "u",
    ),
    (match) => {
      const [, h1 = "", m1, mark1, n1, h2 = "", m2, mark2, mark3, n2] = match;
      const last = mark2 ?? mark3 ?? "";
      // "3-5 h" is a duration of three to five hours; only clock times have minutes or the word for the hour.
      if (
        m1 === undefined &&
        m2 === undefined &&
        n1 === undefined &&
        n2 === undefined &&
        (!tongue.clockMarks.test(last) || lasts(tongue, h1, h2, beforeOf(match.input, match.index)))
      )
        return undefined;
      const from = say(
        tongue,
        { hour: h1, minute: m1 ?? n1, second: undefined, mark: mark1 ?? "", ofSpan: true },
        match,
      );
      const to = say(tongue, { hour: h2, minute: m2 ?? n2, second: undefined, mark: last, ofSpan: true }, match);
      if (from === undefined || to === undefined) return undefined;
      return tongue.timeRange(from, to, around(match));
    },
  );
};

/** Reads a clock time with a colon: `9:30`, `18:05:10 Uhr`. */
const withColon = (tongue: Tongue): Rule => {
  const mark = markOf(tongue);
  return rule(
    "clock time",
    digitStarts,
    new RegExp(`(?<![\\d.,:])(\\d{1,2}):([0-5]\\d)(?::([0-5]\\d))?${mark}?(?![\\d]|:\\d)`, "u"),
    (match) =>
      say(
        tongue,
        { hour: match[1] ?? "", minute: match[2], second: match[3], mark: match[4] ?? "", ofSpan: false },
        match,
      ),
  );
};

/** Reads a clock time with a word or letter for "hour": `9 Uhr`, `10h30`, `15.30 Uhr`. */
const withWord = (tongue: Tongue): Rule => {
  const mark = markOf(tongue);
  return rule(
    "clock time with a word for hour",
    digitStarts,
    new RegExp(`(?<![\\d.,:])(\\d{1,2})(?:\\.([0-5]\\d))?${mark}(?:\\s?([0-5]\\d)(?![\\d]|[.,]\\d))?`, "u"),
    (match) => {
      const [, hour = "", dotted, written = "", minute] = match;
      if (dotted === undefined && minute === undefined && !tongue.clockMarks.test(written)) return undefined;
      return say(tongue, { hour, minute: dotted ?? minute, second: undefined, mark: written, ofSpan: false }, match);
    },
  );
};

/** Reads `15.30` as a clock time after a word such as "alle" (at). */
const withFullStop = (tongue: Tongue): Rule =>
  rule("clock time with a full stop", digitStarts, /(?<![\d.,:])(\d{1,2})\.([0-5]\d)(?!\d|[.,:]\d|%)/, (match) =>
    tongue.timeCues?.test(beforeOf(match.input, match.index))
      ? say(tongue, { hour: match[1] ?? "", minute: match[2], second: undefined, mark: "", ofSpan: false }, match)
      : undefined,
  );
