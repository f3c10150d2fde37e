import { unitByWriting } from "../../amounts/units.ts";
import { after, before, type Rule, rule } from "../../rule.ts";
import { power } from "./signs.ts";

const operand = String.raw`[\dA-Za-zπ²³)）\]√∠]`;
const inFormula = /[=＝≠≈<>≤≥≡]|等于|\d\s?[+×÷*]\s?\d/;

/** Signs of arithmetic and everything else that is neither letter, digit nor punctuation, where what stands beside it decides. */
export const symbolRules: readonly Rule[] = [
  rule("plus sign of names", "+", /(?<=[A-Za-z])\+\+/, "加加"),
  rule("about", "~～", /(?<![\d\w])[~～](?=\s?[\d$¥€£])/, "约"),
  rule("more than", "+", /(?<=[\d万千百亿kKwW%])\+(?=\s?[一-鿿])/, "多"),
  rule(
    "up to",
    "-–—−~～〜",
    /(?<=[\d%℃°年月日号点分时元块岁米里克吨升斤度级楼层天秒个次人斗季a-zA-Z]\s?)[-–—~～〜]\s?(?=[\d$¥€£])/,
    (match, place) => {
      const previous = before(place, 3).trim().slice(-1);
      if (/[A-Za-z]/.test(previous) || /[A-Za-z]\d+$/.test(before(place))) return undefined;
      if (
        inFormula.test(place.text.slice(Math.max(0, place.index - 24), place.index + 24)) &&
        /[-−–]/.test(match[0]) &&
        /\d/.test(previous)
      )
        return undefined;
      return "到";
    },
  ),
  rule(
    "from quarter to quarter",
    "-–—~～〜",
    /(?<=[Qq][1-4]|[HhTtVvLlRrABCDEFG]\d)\s?[-–—~～〜]\s?(?=[QqHhTtVvLlRrABCDEFG]\d)/,
    "到",
  ),
  rule(
    "from day to day",
    "-–—~～〜",
    /(?<=(?:周|星期|礼拜)[一二三四五六日天])\s?[-–—~～〜]{1,2}\s?(?=(?:周|星期|礼拜)?[一二三四五六日天])/,
    "到",
  ),
  rule(
    "from month to month",
    "-–—~～〜",
    /(?<=[年月日号点时])\s?[-–—~～〜]\s?(?=[上下中凌早晚次翌当今明][午晚晨上日年天])/,
    "到",
  ),
  rule("from place to place", "~～〜", /(?<=[一-鿿])[~～〜](?=[一-鿿])/, (_match, place) =>
    /[啊呀哦呢吧啦哟嘛的了好吗哈嗯]$/.test(before(place, 1)) ? undefined : "到",
  ),
  rule("minus sign", "−", /−/, (match, place) =>
    new RegExp(`${operand}\\s?$`).test(before(place, 3))
      ? "减"
      : /^\s?[\dA-Za-z(]/.test(after(match))
        ? "负"
        : undefined,
  ),
  rule("minus", "-–", new RegExp(`(?<=${operand}\\s?)[-–](?=\\s?${operand.replace("[", "[(（")})`), (_match, place) => {
    const near = place.text.slice(Math.max(0, place.index - 24), place.index + 24);
    return inFormula.test(near) && !/[A-Za-z]{2}-[A-Za-z]/.test(near) ? "减" : undefined;
  }),
  rule("tick or cross before a line", "√×", /(?<![^\s，。；])[√×](?=\s*[一-鿿])/, ""),
  rule("both", "&", /&{2}/, "和"),
  rule("negative fraction", "-−", /(?<![\dA-Za-z)）°%]\s?)[-−](?=\d+\/\d+(?![\d/]))/, "负"),
  rule("minus before a letter", "-", /(?<=[=(（<>≤≥]\s?)-(?=[A-Za-z\d√(])/, "负"),
  rule("times of a service", "*x×X", /(?<=7\s?)[*xX×](?=\s?24)/, "乘"),
  rule("times", "*x×X", /(?<=[\d)）]\s?)(?<!(?<!\d)0)[*xX×](?=\s?[\d(（])/, "乘以"),
  rule("times between sizes", "xX*", /(?<=\d\s?(?:mm|cm|dm|m|km|px|寸|米)\s?)[*xX×](?=\s?\d)/, "乘以"),
  rule(
    "times between letters",
    "*",
    /(?<=[A-Za-z\d)]\s)\*(?=\s[A-Za-z\d(])|(?<=[=+]\s?[A-Za-z\d])\*(?=[A-Za-z\d])/,
    "乘以",
  ),
  rule("factorial", "!", /(?<=[\dn])!(?=\s?[=＝])/, "的阶乘"),
  rule("not equal", "!", /!=/, "不等于"),
  rule("at most", "<", /<=/, "小于等于"),
  rule("at least", ">", />=/, "大于等于"),
  rule("arrow", "-=", /[-=]+>/, "到"),
  rule("arrow sign", "→➜⟶", /(?<=[^\s。！？.!?：:，,]\s?)[→➜⟶]/, "到"),
  rule("equals", "=", /={1,3}/, "等于"),
  rule("less", "<", /<(?=\s?[-−\dA-Za-z(√π])/, "小于"),
  rule("greater", ">", /(?<=[\dA-Za-z)²³值]\s?)>(?=\s?[-−\dA-Za-z(√π])/, "大于"),
  rule("greater than nothing", ">", /(?<![^\s，。：；（(])>(?=\d)/, "大于"),
  rule("plus", "+", /\+/, "加"),
  rule("divided by", "/", /(?<=[\dA-Za-z)]\s?)\/(?=\s?[\dA-Za-z(])/, (_match, place) =>
    /^[^，。；]*[=＝]/.test(place.text.slice(place.index, place.index + 20)) ||
    /[=＝][^，。；]*$/.test(before(place, 16))
      ? "除以"
      : undefined,
  ),
  rule("for so much", "/", /(?<=\d\s?[A-Za-z升元克])\/(?=\d+\s?(?:km|公里|ml|mL|g|克|kg|L|m))/, "每"),
  rule("minute of arc", "'′’", /(?<=°\s?\d{1,2}(?:\.\d+)?)['′’]/, "分"),
  rule("second of arc", '"″”', /(?<=['′’]\s?\d{1,2}(?:\.\d+)?)["″”]/, "秒"),
  rule("inch", '"″”', /(?<=\d)["″”](?=\s?(?:显示器|电视|屏|大屏|笔记本|平板|投影|轮毂))/, "英寸"),
  rule(
    "for each",
    "/",
    /(?<=[元块分角美欧镑币米克升时次个人字度万亿瓦件股吨斤天月年]\s?|[$¥€£]\s?[\d.,]+[万亿]?)\/(?=\s?(?:[月年日天周次人个件股斤克吨升米度时分秒晚间夜位张台条份年只]|小时|公斤|平|千|kg|km|[hHsg](?![A-Za-z])|m|㎡|kWh|L|人|GB))/,
    (_match, place) => (/[\d一二三四五六七八九十百千万]/.test(before(place, 10)) ? "每" : undefined),
  ),
  rule(
    "unit after a slash or a power",
    "㎡㎥mkcgKLhstMG",
    /(?<=[元块分角次人]\s?\/\s?|10(?:\^[-−]?\d+|[⁻⁰¹²³⁴-⁹]+)\s?)[㎡㎥A-Za-z]+(?:[²³]|\/[a-z]+[²³]?)?(?![A-Za-z\d])/,
    ([written]) => unitByWriting.get(written)?.zh,
  ),
  rule("or", "/", /(?<=[一-鿿])(?<!和|与|及)\/(?=[一-鿿])(?!或|和|与)/, "或"),
  rule("power", "^", /\^\s?(?:[{(]([-−]?[\dA-Za-z]+)[)}]|([-−]?(?:\d+|[A-Za-z]+)))/, ([, inside, bare]) =>
    power(inside ?? bare ?? ""),
  ),
  rule("key of a telephone", "#", /(?<=[按拨]\s?)#/, "井号"),
  rule("C sharp", "#", /(?<=[CF])#/, " sharp"),
  rule("number sign", "#", /(?<![\d一-鿿#])#(?=\d)/, (_match, place) => (/[A-Za-z]\s?$/.test(before(place)) ? "" : "")),
  rule("with", "w", /w(?![A-Za-z])/, (_match, place) => (/\d$/.test(before(place, 1)) ? "万" : undefined)),
  rule("plus and minus", "+", /\+\/-/, "正负"),
];
