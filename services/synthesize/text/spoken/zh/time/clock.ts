import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, number } from "../number.ts";

const two = (text: string): string => (text.startsWith("0") ? `零${cardinal(text)}` : cardinal(text));
const hourName = (text: string): string => (Number(text) === 2 ? "两" : cardinal(text));

/** 八点三十分, 九点, 七点零五分. */
function clock(hour: string, minute: string, second: string | undefined): string {
  if (second !== undefined && second !== "00")
    return `${hourName(hour)}点${two(minute) === "零零" ? "零" : two(minute)}分${two(second) === "零零" ? "零" : two(second)}秒`;
  if (minute === "00") return `${hourName(hour)}点`;
  return `${hourName(hour)}点${two(minute)}分`;
}

/** Words near two numbers with a colon that make them a ratio or a score. */
const scoreBefore =
  /(?:比例|比分|之比|比率|比值|配比|比为|宽高比|长宽比|纵横比|画幅|屏幕|分辨率|战成|打成|击败|战胜|领先|落后|以|总分|大胜|险胜|惜败|赔率|汇率|兑换?|稀释|比)(?:约|大约|大概)?(?:为|是|成|以|了|到|至)?\s?$/;
const scoreAfter =
  /^\s?(?:的?(?:比例|比分|比率|配比|画幅|屏幕|宽高比|长宽比|纵横比|分辨率|显示器|视频)|击败|战胜|战平|大胜|险胜|获胜|取胜|胜|负|平|领先|落后|逆转|不敌|输|赢|绝杀|兑换|稀释|混合)/;

/** Clock times and lengths of time. */
export const timeRules: readonly Rule[] = [
  rule(
    "time",
    digitStarts,
    /(?<![\d.]|\d[:：])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d)(?:\.\d+)?)?(?![\d:：]|\.\d)(?:\s?([AaPp])\.?[Mm]\b\.?|分(?!钟|之|享|别|成|为|组|析|配|开(?![始会])))?/,
    (match, place) => {
      const [, hour = "", minute = "", second, half] = match;
      if (
        second === undefined &&
        half === undefined &&
        (scoreBefore.test(before(place)) || scoreAfter.test(after(match)))
      )
        return undefined;
      const name =
        half === undefined ? "" : /a/i.test(half) ? "上午" : Number(hour) < 6 || hour === "12" ? "下午" : "晚上";
      const already = /(?:上午|下午|早上|晚上|中午|凌晨|傍晚|清晨|夜里|深夜)\s?$/.test(before(place));
      return (already ? "" : name) + clock(hour, minute, second);
    },
  ),
  rule(
    "hour of half a day",
    digitStarts,
    /(?<![\d.])(1[0-2]|0?[1-9])\s?([AaPp])\.?[Mm](?![A-Za-z])\.?/,
    ([, hour = "", half = ""]) =>
      `${/a/i.test(half) ? "上午" : Number(hour) < 6 || hour === "12" ? "下午" : "晚上"}${hourName(hour)}点`,
  ),
  rule(
    "hour and minute",
    digitStarts,
    /(?<![\d.])([01]?\d|2[0-4])([点时])([0-5]\d)(?![\d.%])/,
    ([, hour = "", name = "", minute = ""]) => `${hourName(hour)}${name}${minute === "00" ? "零零" : two(minute)}`,
  ),
  rule("hour", digitStarts, /(?<![\d.第])0?2(?=点(?!零|一|二|三|四|五(?!十)|六|七|八|九|\d))/, "两"),
  rule("minutes and seconds", digitStarts, /(?<![\d.])(\d{1,3})['′](\d{1,2})(?:"|″|'')/, (match, place) =>
    /[°度]\s?$/.test(before(place)) ? undefined : `${number(match[1] ?? "")}分${number(match[2] ?? "")}秒`,
  ),
];

/** Ratios and scores: what a colon between numbers is when it is no time. */
export const ratioRules: readonly Rule[] = [
  rule(
    "ratio",
    digitStarts,
    /(?<![\d.]|\d[:：])(\d+(?:\.\d+)?)\s?[:：∶]\s?(\d+(?:\.\d+)?)(?:\s?[:：∶]\s?(\d+(?:\.\d+)?))?(?![\d:：])/,
    ([, a = "", b = "", c]) => [a, b, ...(c === undefined ? [] : [c])].map((n) => number(n)).join("比"),
  ),
  rule(
    "score",
    digitStarts,
    /(?<![\d.-])(\d{1,3})[-–—](\d{1,3})(?![\d.%-]|\s?[元个人名年月天岁块页次章])/,
    (match, place) =>
      /(?:比分|战成|打成|击败|战胜|以|总分)(?:为|是|成)?\s?$/.test(before(place)) ||
      /^\s?(?:击败|战胜|战平|大胜|险胜|获胜|取胜|胜|负于|平|领先|落后|逆转|不敌|惜败)/.test(after(match)) ||
      (Number(match[1]) > Number(match[2]) &&
        /^\s?(?:$|[，。！？、；,.!?])/.test(after(match)) &&
        !/[=＝+×÷]\s?$/.test(before(place)))
        ? `${number(match[1] ?? "")}比${number(match[2] ?? "")}`
        : undefined,
  ),
];
