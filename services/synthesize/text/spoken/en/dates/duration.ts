import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, number } from "../number.ts";

/** Words before numbers with colons that make the numbers a duration ("lasts 1:30") and not a clock time. */
const durationBefore =
  /(?<![A-Za-z])(?:took|takes?|lasts?|lasted|ran|finished|clocked|runs?|time of|times? (?:is|was)|in|of|for|[Dd]uration|[Ll]ength|[Rr]untime|[Rr]unning time|[Ll]ap(?: time)?|[Pp]ace|[Tt]imer|[Cc]ountdown|[Rr]emaining|[Ee]lapsed|[Rr]ecord|[Ss]plit|[Tt]rack|[Ss]ong|[Vv]ideo|[Cc]lip|[Rr]ecording|[Ee]pisode|[Mm]arathon|[Bb]est|PB|[Tt]ime)(?:\s(?:is|was|of|at|in|a|an|about|around|just|only|under|over|exactly|nearly))*[\s:(–—-]+$/;
const firmBefore =
  /(?<![A-Za-z])(?:[Dd]uration|[Ll]ength|[Rr]untime|[Rr]unning time|[Ll]ap time|[Tt]imer|[Cc]ountdown|[Rr]emaining|[Ee]lapsed|lasts?|lasted|[Tt]rack|[Rr]ecording|[Ee]lapsed time|[Tt]ime (?:left|remaining))(?:\s(?:is|was|of|at|a|an|about|around|just|only|under|over|exactly|nearly|for|set for|set to|to))*[\s:(–—-]+$/;
const durationAfter =
  /^\s(?:left|remaining|elapsed|long|to go|on the clock|in (?:duration|length)|runtime|video|song|track|recording|timer|per (?:mile|km|kilometer))\b/;
const clockBefore =
  /(?<![A-Za-z])(?:at|by|until|till|since|before|after|around|[Aa]t|UTC|GMT|from|to|between|and|is it|it's|now|T|\d{4}),?\s$/;

const parts = (units: readonly (readonly [figures: string, name: string])[]): string =>
  units
    .filter(([figures]) => Number(figures) > 0)
    .map(([figures, name]) => `${number(figures.replace(/^0(?=\d)/, ""))} ${name}${Number(figures) === 1 ? "" : "s"}`)
    .join(" ") || "zero seconds";

/** Words for races and other timed events: numbers with a colon near one of them are the time that the event took. */
const race =
  /(?<![A-Za-z])(?:\d+(?:\.\d+)?[\s-]?[kK](?![A-Za-z])|mile|(?:half[\s-])?marathon|\d[\d,]*\s?(?:m|meters?|metres?|yards?|yd)(?![A-Za-z])|parkrun|lap|PB|PR|personal (?:best|record)|triathlon|relay)/;
const longRace = /(?<![A-Za-z])(?:marathon|half|triathlon|Ironman|ultra|100\s?[kK]|50\s?[kK])(?![A-Za-z])/;

/** Rules for durations that are written with colons. */
export const durationRules: readonly Rule[] = [
  rule(
    "duration in hours, minutes and seconds",
    digitStarts,
    /(?<![\d.:])(\d{1,3}):([0-5]\d):([0-5]\d(?:\.\d+)?)(?![\d:]|\s?[AaPp]\.?[Mm])/,
    ([, h = "", m = "", s = ""], place) =>
      clockBefore.test(before(place, 10)) && !durationBefore.test(before(place, 28)) && !s.includes(".")
        ? undefined
        : parts([
            [h, "hour"],
            [m, "minute"],
            [s, "second"],
          ]),
  ),
  rule(
    "minutes and seconds with a decimal part",
    digitStarts,
    /(?<![\d.:])(\d{1,3}):([0-5]\d\.\d+)(?![\d:])/,
    ([, m = "", s = ""]) =>
      parts([
        [m, "minute"],
        [s, "second"],
      ]),
  ),
  rule(
    "time of a race",
    digitStarts,
    /(?<![\d.:])(\d{1,2}):([0-5]\d)(?![\d:]|\.\d|\s?[AaPp]\.?[Mm])/,
    (match, place) => {
      const [, whole = "", part = ""] = match;
      const left = /[^.!?;]*$/.exec(before(place, 40))?.[0] ?? "";
      const right = /^[^.!?;,]*/.exec(after(match, 24))?.[0] ?? "";
      const isTaken =
        race.test(left) &&
        /(?<![A-Za-z])(?:in|of|under|sub|is|was|at|ran|to|break)[\s-](?:just |about |around |only )?$/.test(left);
      const isFor =
        /^\s(?:for (?:a|the|my|your|an)\s|(?=\d+(?:\.\d+)?\s?[kK]|mile|marathon|half))/.test(right) && race.test(right);
      // After "at", "is", "to" or "was" the number is a clock time and not a duration, unless its hour exceeds what a
      // clock shows.
      if ((!isTaken && !isFor) || (/(?<![A-Za-z])(?:at|is|to|was)\s$/.test(left) && Number(whole) < 25))
        return undefined;
      if (part !== "00") return `${cardinal(whole)} ${part.startsWith("0") ? `oh ${cardinal(part)}` : cardinal(part)}`;
      return `${cardinal(whole)} ${longRace.test(left + right) && Number(whole) < 10 ? "hour" : "minute"}${whole === "1" || (isFor && !/^\sfor/.test(right)) ? "" : "s"}`;
    },
  ),
  rule(
    "minutes and seconds near a word for a duration",
    digitStarts,
    /(?<![\d.:])(\d{1,3}):([0-5]\d)(?![\d:]|\.\d|\s?[AaPp]\.?[Mm])/,
    (match, place) => {
      const [, m = "", s = ""] = match;
      const left =
        durationAfter.test(after(match, 24)) && !/^\s(?:per)/.test(after(match)) && !/\bat\s$/.test(before(place));
      return firmBefore.test(before(place, 36)) ||
        left ||
        // "0:45" is a duration: as a clock time, 45 minutes past midnight would be written "00:45".
        (m === "0" && s !== "00" && !/\b(?:at|from|to|until|by)\s$/i.test(before(place)))
        ? parts([
            [m, "minute"],
            [s, "second"],
          ])
        : undefined;
    },
  ),
];
