import { after, before, type Place, type Rule, rule } from "../../rule.ts";
import { inEquation, inFormula, isAlgebra, isDifference } from "./expression.ts";

/**
 * What a hyphen, a dash or a tilde means depends on what stands on either side: a difference, a range, a minus, an ion,
 * a grade, a friendly tone, or a pause. Earlier rules read codes, dates, scores and ranges of amounts as a whole.
 */
const hyphens = "-–−";
const dashes = "-–—−~～〜";

const operand = String.raw`[\dA-Za-zπ²³)）\]√∠⁰-⁹₀-₉℃°%|]`;
/** A pattern for a word of place or time, or a unit: a dash between two of these is read 到 (to). */
const stretch =
  "[市省县區区镇村路街站港山门門楼层号級级月日年点点时分秒岁元块米里克吨升斤度天周晚晨午春夏秋冬早夜朝初末底期线段桥湾岛州京津沪渝杭蓉穗深港澳台汉苏宁厦]|北京|上海|广州|深圳|天津|重庆|成都|杭州|南京|武汉|西安|苏州|长沙|郑州|青岛|大连|宁波|厦门|福州|合肥|济南|昆明|贵阳|南宁|海口|三亚|拉萨|兰州|西宁|银川|太原|沈阳|长春|哈尔滨|石家庄|南昌|香港|澳门|台北|东京|首尔|纽约|伦敦|巴黎|机场|车站|小学|初中|高中|大学|入门|精通|[周星期礼拜]{1,2}[一二三四五六日天]";
const fromPlace = new RegExp(`(?:${stretch})\\s?$`);
const toPlace =
  /^\s?(?:次日|翌日|今[天晚日]|明[天晚日]|当[天晚日]|[上下中]午|[凌早晚傍清]?晨|[早晚]上?|深夜|至今|现在|[一二三四五六七八九十]|北京|上海|广州|深圳|天津|重庆|成都|杭州|南京|武汉|西安|苏州|长沙|郑州|青岛|大连|宁波|厦门|福州|合肥|济南|昆明|贵阳|南宁|海口|三亚|拉萨|兰州|西宁|银川|太原|沈阳|长春|哈尔滨|石家庄|南昌|香港|澳门|台北|东京|首尔|纽约|伦敦|巴黎|小学|初中|高中|大学|精通|周[一二三四五六日末]|星期|礼拜|[春夏秋冬]|[一-鿿]{1,6}(?:站|市|省|县|区|镇|路|街|机场|港|山|村|方向|高铁|航班|段))/;
/** Words after which a tilde only makes the tone friendly (好的~), and does not stand for 到 (to). */
const tone =
  /(?:[啊呀哦喔呢吧啦哟嘛的了好吗哈嗯亲哒滴嘞噢诶哎嗨谢请您你我捏么]|收到|哈喽|你好|您好|欢迎|可以|没问题|感谢|抱歉|再见|晚安|早安|早上好|晚上好|加油|辛苦|不客气|稍等|明白|好吃|可爱|开心|快乐|愉快|支持)\s?$/;

/** Up to 12 characters of text on either side of a sign, without the spaces next to the sign. */
const sides = (place: Place, match: RegExpExecArray): readonly [left: string, right: string] => [
  before(place, 12).trimEnd(),
  after(match, 12).trimStart(),
];

/** Rules for hyphens, dashes and tildes; the meanings that can be recognized with most certainty come first. */
export const dashRules: readonly Rule[] = [
  rule(
    "minus of a grade or an ion",
    "-−",
    /(?<=(?<![A-Za-z\d])(?:[A-F]|[A-Z][a-z]?|OH|[A-Z][a-z]?O\d?))[-−](?=$|[一-鿿，。、；！？）)\s])(?!\s[\dA-Za-z])/,
    (_match, place) => (/(?<![A-Za-z])(?:[A-F]|Cl|Br|I|F|OH|NO3?|MnO4)$/.test(before(place, 6)) ? "减" : undefined),
  ),
  rule(
    "range such as Q1-Q3",
    dashes,
    /(?<=[Qq][1-4]|[HhTtVvLlRrABCDEFG]\d)\s?[-–—~～〜]\s?(?=[QqHhTtVvLlRrABCDEFG]\d)/,
    "到",
  ),
  rule(
    "range of days of the week",
    dashes,
    /(?<=(?:周|星期|礼拜)[一二三四五六日天])\s?[-–—~～〜]{1,2}\s?(?=(?:周|星期|礼拜)?[一二三四五六日天])/,
    "到",
  ),
  rule("difference of numbers", hyphens, /(?<=\d[°%]?\s?)[-–−](?=\s?\d)/, (_match, place) => {
    const start = place.index - (/\d+(?:\.\d+)?[°%]?\s?$/.exec(before(place, 16))?.[0].length ?? 0);
    const end =
      place.index +
      1 +
      (/^\s?\d+(?:\.\d+)?[°%]?/.exec(place.text.slice(place.index + 1, place.index + 18))?.[0].length ?? 0);
    return isDifference(place.text, start, end) ? "减" : undefined;
  }),
  rule("difference of words", hyphens, /(?<=[一-鿿A-Za-z\d)）²³]\s?)[-–−](?=\s?[一-鿿A-Za-z\d(（])/, (match, place) => {
    const [left, right] = sides(place, match);
    const words = /[一-鿿)）]$/.test(left) || /^[一-鿿(（]/.test(right);
    if (!words || !inEquation(place.text, place.index, place.index + 1)) return undefined;
    // After a word such as 是 or 约, the hyphen is the sign of a negative number: 约-5.
    if (/[为是到在于至约达]$/.test(left)) return undefined;
    return /\d[年月日号点时]$/.test(left) ? undefined : "减";
  }),
  rule(
    "difference of terms",
    hyphens,
    /(?<=[A-Za-zπ²³)）⁰-⁹₀-₉\d|]\s?)[-–−]\s?(?=[\dA-Za-zπ√(（|])/,
    (match, place) => {
      const start = place.index;
      if (/[A-Za-z]{2}$/.test(before(place, 2)) && !inFormula(place.text, start, start + 1)) return undefined;
      if (/^\d/.test(before(place, 1)) && !/[A-Za-z²³₀-₉)）]/.test(place.text.slice(start - 3, start + 4)))
        return undefined;
      return isAlgebra(place.text, start, start + match[0].length) ? "减" : undefined;
    },
  ),
  rule(
    "points off a rate",
    "-",
    /(?<=(?:LPR|Libor|LIBOR|SOFR|Shibor|SHIBOR|利率))-(?=\d+(?:\.\d+)?\s?(?:bp|BP|个?基点|%))/,
    "减",
  ),
  rule("minus sign between operands", "−", /−/, (match, place) =>
    new RegExp(`${operand}\\s?$`).test(before(place, 3))
      ? "减"
      : /^\s?[\dA-Za-z(（√|∞π.]/.test(after(match))
        ? "负"
        : undefined,
  ),
  rule(
    "minus in a formula",
    "-–",
    new RegExp(`(?<=${operand}\\s?)[-–](?=\\s?${operand.replace("[", "[(（")})`),
    (_match, place) => {
      const near = place.text.slice(Math.max(0, place.index - 24), place.index + 24);
      return inFormula(place.text, place.index, place.index + 1) && !/[A-Za-z]{2}-[A-Za-z]/.test(near)
        ? "减"
        : undefined;
    },
  ),
  rule(
    "range of dates or clock times",
    dashes,
    /(?<=[年月日号点时分旬])\s?[-–—~～〜]\s?(?=[上下中凌早晚次翌当今明][午晚晨上日年天旬]|[一二三四五六七八九十]{1,2}月|\d{1,2}月|(?:[公西]元)?前?\d)/,
    "到",
  ),
  rule(
    "dash from one place to another",
    dashes,
    /(?<=[一-鿿]\s?)(?:[-–−~～〜]|(?<!—)—(?!—))(?=\s?[一-鿿])/,
    (match, place) => {
      const [left, right] = sides(place, match);
      return fromPlace.test(left) && toPlace.test(right) && !(/[~～〜]/.test(match[0]) && tone.test(left))
        ? "到"
        : undefined;
    },
  ),
  rule("friendly tone", "~～〜", /[~～〜]+(?=\s?[一-鿿A-Za-z“《（(])/, (_match, place) =>
    /[一-鿿A-Za-z”》）)]\s?$/.test(before(place, 2)) ? "，" : undefined,
  ),
  rule("tilde of a friendly tone before a number", "~～〜", /[~～〜]+(?=\s?[\d¥$])/, (_match, place) =>
    tone.test(before(place, 6)) ? "，" : undefined,
  ),
  rule(
    "up to",
    dashes,
    /(?<=[\d%℃°年月日号点分时元块岁米里克吨升斤度级楼层天秒个次人斗季角毛万亿千百环站届章回集课a-zA-Z]\s?)[-–—−~～〜]+\s?(?=[\d$¥€£+])/,
    (match, place) => {
      const previous = before(place, 3).trim().slice(-1);
      if (/[A-Za-z]/.test(previous) && !/\d\s?[A-Za-z]{1,4}$/.test(before(place))) return undefined;
      if (/[A-Za-z]\d+$/.test(before(place)) && !/[~～〜]/.test(match[0])) return undefined;
      if (/[-−–]/.test(match[0]) && /\d/.test(previous) && inFormula(place.text, place.index, place.index + 1))
        return undefined;
      // A hyphen after a word is the minus of a negative number (余额-35), unless the word is a unit after a number.
      if (
        /[-−]/.test(match[0]) &&
        /[一-鿿]/.test(previous) &&
        !/[\d一二三四五六七八九十百千万两几]\s?[一-鿿]{1,2}\s?$/.test(before(place, 5))
      )
        return undefined;
      return "到";
    },
  ),
  rule("about", "~～〜", /(?<![\d\w])[~～〜]\s?(?=[\d$¥€£])/, "约"),
  rule("negative fraction", "-−", /(?<![\dA-Za-z)）°%]\s?)[-−](?=\d+\/\d+(?![\d/]))/, "负"),
  rule(
    "minus before a letter",
    "-–",
    /(?<=(?:^|[=(（<>≤≥≠≈[,，:：|+\-−×÷是为到当]|\s)\s?)[-–](?=[A-Za-zπ√∞(（\d])/,
    (match, place) =>
      /^[A-Za-z]{2}/.test(after(match)) && !/^(?:sin|cos|tan|ln|lg|log)/.test(after(match))
        ? undefined
        : /\s$/.test(before(place, 1)) &&
            /^[a-z](?![\d²³a-z])/.test(after(match)) &&
            !inFormula(place.text, place.index, place.index + 1)
          ? "杠"
          : "负",
  ),
  rule(
    "hyphen as a pause between words",
    "-–−",
    /(?<=[一-鿿”》）])\s?[-–−]+\s?(?=[一-鿿“《（A-Za-z])|(?<=[A-Za-z])[-–−]+(?=[一-鿿“《（])/,
    "，",
  ),
];
