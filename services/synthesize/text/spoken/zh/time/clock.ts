import { before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal } from "../number.ts";
import { isScore } from "../signs/colon.ts";

const two = (text: string): string => (text.startsWith("0") ? `零${cardinal(text)}` : cardinal(text));
const hourName = (text: string): string => (Number(text) === 2 ? "两" : cardinal(text));

/** Says a clock time: 八点三十分 for 8:30, 九点 for 9:00, 七点零五分 for 7:05. */
function clock(hour: string, minute: string, second: string | undefined): string {
  if (second !== undefined && second !== "00")
    return `${hourName(hour)}点${two(minute) === "零零" ? "零" : two(minute)}分${two(second) === "零零" ? "零" : two(second)}秒`;
  if (minute === "00") return `${hourName(hour)}点`;
  return `${hourName(hour)}点${two(minute)}分`;
}

/** Matches text that ends with a word for the part of the day, such as 上午: a time after it needs no AM or PM. */
const halfSaid = /(?:上午|下午|早上|晚上|中午|凌晨|傍晚|清晨|夜里|深夜|午后|[早晚])\s?$/;

/** The Chinese word for AM or PM at an hour: 上午, 下午 or 晚上; `half` begins with an A or a P. */
const halfOf = (half: string, hour: string): string =>
  /a/i.test(half) ? "上午" : Number(hour) < 6 || hour === "12" ? "下午" : "晚上";

/** Rules for clock times and durations. */
export const timeRules: readonly Rule[] = [
  rule(
    "range of clock times with AM or PM",
    digitStarts,
    /(?<![\d.:：])(1[0-2]|0?[1-9])(?:[:：]([0-5]\d))?\s?[-–—~～至到]\s?(1[0-2]|0?[1-9])(?:[:：]([0-5]\d))?\s?([AaPp])\.?[Mm](?![A-Za-z])\.?/,
    ([, from = "", minute = "00", to = "", last = "00", half = ""], place) => {
      // Whether a range begins before or after noon: "10-2pm" begins before noon.
      const sort = Number(from) % 12 <= Number(to) % 12 ? half : /a/i.test(half) ? "p" : "a";
      const name = halfSaid.test(before(place)) ? "" : halfOf(sort, from);
      return `${name}${clock(from, minute, undefined)}到${sort === half ? "" : halfOf(half, to)}${clock(to, last, undefined)}`;
    },
  ),
  rule(
    "time",
    digitStarts,
    /(?<![\d.]|\d[:：])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d)(?:\.\d+)?)?(?!\d|[:：]\d|\.\d)(?:\s?([AaPp])\.?[Mm]\b\.?|分(?!钟|之|享|别|成|为|组|析|配|开(?![始会])))?/,
    (match, place) => {
      const [, hour = "", minute = "", second, half] = match;
      if (second === undefined && half === undefined && isScore(place, match)) return undefined;
      const name = half === undefined ? "" : halfOf(half, hour);
      const already = halfSaid.test(before(place));
      return (already ? "" : name) + clock(hour, minute, second);
    },
  ),
  rule(
    "hour with AM or PM",
    digitStarts,
    /(?<![\d.])(1[0-2]|0?[1-9])\s?([AaPp])\.?[Mm](?![A-Za-z])\.?/,
    ([, hour = "", half = ""], place) => `${halfSaid.test(before(place)) ? "" : halfOf(half, hour)}${hourName(hour)}点`,
  ),
  rule(
    "hour and minute",
    digitStarts,
    /(?<![\d.])([01]?\d|2[0-4])([点时])([0-5]\d)(?![\d.%])/,
    ([, hour = "", name = "", minute = ""]) => `${hourName(hour)}${name}${minute === "00" ? "零零" : two(minute)}`,
  ),
  rule("hour", digitStarts, /(?<![\d.第])0?2(?=点(?!零|一|二|三|四|五(?!十)|六|七|八|九|\d))/, "两"),
];
