import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { beforeOf } from "../../patterns.ts";
import { parseFigure, sayCounted } from "../figure.ts";
import { trimZeros } from "../number.ts";
import type { Tongue } from "../tongue.ts";

/** Rules for durations in hours, minutes and seconds. */
export const durationRules = (tongue: Tongue): readonly Rule[] => [
  hoursAndMinutes(tongue),
  minutesAndSeconds(tongue),
  minutesWithColon(tongue),
];

/** Reads a duration of hours and minutes: `2h30`, `1 h y 5 min 10 s`. */
const hoursAndMinutes = (tongue: Tongue): Rule =>
  rule(
    "duration in hours and minutes",
    digitStarts,
    /(?<![\d.,:])(\d{1,3})\s?(?:hrs?\.?|h\.?)\s?(?:[ye]\s)?(\d{1,2})\s?(?:min|mn|m)(?!\p{L})\.?(?:\s?(\d{1,2})\s?s(?:eg|ec)?(?!\p{L})\.?)?/u,
    ([, hours, minutes, seconds]) =>
      lasting(tongue, [
        [hours, "h"],
        [minutes, "min"],
        [seconds, "s"],
      ]),
  );

/** Reads a duration of minutes and seconds (`5 min 30 s`, `4'30"`), and a runner's pace (`5'10"/km`). */
const minutesAndSeconds = (tongue: Tongue): Rule =>
  rule(
    "duration in minutes and seconds",
    digitStarts,
    /(?<![\d.,:])(\d{1,3})(?:\s?(?:min|mn)(?!\p{L})\.?\s?(\d{1,2}(?:[.,]\d+)?)\s?s(?:eg|ec)?(?!\p{L})\.?|['′]\s?(\d{1,2})(?:["″]|''))(?:\s?\/\s?(km)(?!\p{L}))?/u,
    ([, minutes, seconds, marked, below]) =>
      lasting(
        tongue,
        [
          [minutes, "min"],
          [seconds ?? marked, "s"],
        ],
        below,
      ),
  );

/** Reads `3:45` as minutes and seconds after a word such as "dure" (lasts), or as a pace: `5:10 min/km`. */
const minutesWithColon = (tongue: Tongue): Rule =>
  rule(
    "duration written like a clock time",
    digitStarts,
    /(?<![\d.,:])(\d{1,3}):([0-5]\d)(?:(?:\s?min)?\s?\/\s?(km)(?!\p{L})|(?![\d]|[:.,]\d))/u,
    (match) => {
      const [, minutes = "", seconds = "", below] = match;
      if (below === undefined && tongue.lastingCues?.test(beforeOf(match.input, match.index)) !== true)
        return undefined;
      return lasting(
        tongue,
        [
          [/^0+$/.test(minutes) ? undefined : minutes, "min"],
          [seconds === "00" && !/^0+$/.test(minutes) ? undefined : seconds, "s"],
        ],
        below,
      );
    },
  );

/** Says numbers with units of time, one after another; `below` is the unit after a pace's slash: km in `min/km`. */
function lasting(
  tongue: Tongue,
  numbers: readonly (readonly [number: string | undefined, unit: string])[],
  below?: string,
): string | undefined {
  const parts = numbers.flatMap(([number, unit]) => {
    const noun = tongue.units.get(unit);
    return number === undefined || noun === undefined
      ? []
      : [sayCounted(parseFigure(trimZeros(number)), noun, {}, tongue)];
  });
  const per = below === undefined ? undefined : tongue.units.get(below);
  const said = tongue.duration?.(parts);
  return per === undefined || said === undefined ? said : `${said} ${tongue.per(per, below ?? "")}`;
}
