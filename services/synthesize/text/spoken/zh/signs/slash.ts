import { parseUnitAfterSlash } from "../../amounts/units/grammar.ts";
import { after, before, letterStarts, type Place, type Reading, type Rule, rule } from "../../rule.ts";
import { cardinal, digits, number } from "../number.ts";
import { inEquation } from "./expression.ts";

/** Units and measure words after which a slash is read 每 (per): 24片/盒, 3公尺/秒. */
const measures =
  "元|块|分|角|美元|美金|欧元|港元|日元|英镑|美|欧|镑|币|米|公尺|公里|千米|克|公斤|千克|毫克|微克|升|毫升|时|小时|秒|分钟|次|个|人|字|字符|度|万|亿|瓦|千瓦|件|股|吨|斤|天|月|年|片|粒|颗|丸|支|瓶|盒|袋|包|箱|滴|勺|份|例|户|套|台|辆|位|名|头|棵|亩|页|章|节|课|组|圈|步|下|转|帧|卡|千卡|大卡|千焦|摩尔|单位|国际单位|积分|张|趟|班|桌|杯|碗|桶|层|间|晚|平|平米|平方米|票|人次|点";
const per =
  "月|年|日|天|周|星期|季|季度|半年|次|人|人次|个|件|股|斤|公斤|千克|克|吨|升|毫升|米|公里|平方公里|平方米|平米|平|立方米|立方|亩|公顷|度|时|小时|分|分钟|秒|秒钟|晚|夜|间|间夜|位|张|台|条|份|年度|只|盒|片|粒|瓶|袋|包|箱|桌|杯|套|人天|人年|步|手|盎司|桶|磅|英亩|英里|克拉|字|页|行|帧|次元|课时|节|套餐|辆|车|户|单|层|场|期|局|轮|组|股份|千卡|例|题|千|百公里|工作日";
const marks =
  /(?:评分|得分|打分|给了?出?|评级|评价|星级|豆瓣|烂番茄|好评|分数|绩点|GPA|考了?|测验|成绩|满意度|(?:语文|数学|英语|物理|化学|生物|历史|地理|政治|理综|文综|写作|口语|阅读|听力|单项|总分|考试|面试|托福|雅思)[一-鿿]{0,3}|推荐指数|难度|疼痛|阿氏评分|评为|打了?)(?:高达|达到?|为|是|：|:|约|了|\s)*$/;

/** Rules for a slash, which may mean "out of" a total, "per", "divided by" or "or", or be part of a path. */
export const slashRules: readonly Rule[] = [
  rule("sounds of a word", "/[", /[/[](?=[^/\]\s]{0,30}[ɑæəɛɜɪʊʌɔθðʃʒŋˈː])[^/\]一-鿿]{1,30}[/\]]/, ""),
  rule(
    "score out of a total",
    "0123456789",
    /(?<![\d./])(\d+(?:\.\d+)?)\s?\/\s?(\d+(?:\.\d+)?)(?![\d/]|\.\d)(\s?分(?!之))?/,
    (match, place) => {
      const [, got = "", of = "", point] = match;
      if (![4, 4.3, 5, 9, 10, 20, 30, 40, 50, 100, 120, 150, 300].includes(Number(of)) || Number(got) > Number(of))
        return undefined;
      // A decimal number before a slash, as in 8.8/10, suggests a grade out of a total.
      const named =
        marks.test(before(place, 14)) ||
        (got.includes(".") &&
          /^(?:5|10|100)(?:\.0)?$/.test(of) &&
          !inEquation(place.text, place.index, place.index + match[0].length));
      if (!named && point === undefined && !/^\s?[星★⭐]/.test(after(match))) return undefined;
      const grade = /GPA|绩点|星/.test(before(place, 10) + after(match, 2)) ? "" : "分";
      return `${number(got)}${grade}，满分${number(of)}${grade}`;
    },
  ),
  rule(
    "slash between days of the week",
    "/",
    /(?<=(?:周|星期|礼拜|[一二三四五六日]\/)[一二三四五六日天])\/(?=(?:周|星期|礼拜)?[一二三四五六日天](?![一-鿿]{0,1}种))/,
    "，",
  ),
  { name: "for each", starts: "/", read: readForEach },
  rule(
    "for each measure",
    "/",
    new RegExp(
      `(?<=(?:\\d|[一二三四五六七八九十百千万两几多半])\\s?(?:${measures}|min|h|s|mg|kg|g|ml|mL|L|km|kcal|[KMG]B)\\s?|[$¥€£]\\s?[\\d.,]+[万亿]?\\s?)\\/(?=\\s?(?:\\d+\\s?)?(?:${per})(?![一-鿿]?或))`,
    ),
    "每",
  ),
  rule("for so much", "/", /(?<=\d\s?[A-Za-z升元克块]{1,2})\/(?=\d+\s?(?:km|公里|ml|mL|毫升|g|克|kg|L|m|升))/, "每"),
  rule(
    "for so long",
    "/",
    /(?<=\d\s?(?:[a-z]+|[一-鿿]{1,2})\s?)\/(?=\d+\s?(?:h|hr|hrs|hours?|min|s|d|days?|天|小时|分钟|秒|个?月|周)(?![A-Za-z]))/,
    "每",
  ),
  rule("for so many", "/", /(?<=(?:[$¥€£]\s?[\d.,]+|元)\s?)\/(?=\d)/, "每"),
  rule(
    "pair of currencies",
    "/",
    /(?<=元|镑|幣|币|法郎|卢布|韩元)\/(?=(?:美元|人民币|日元|欧元|英镑|港元|港币|韩元|卢布|澳元|加元)(?!或))/,
    (_match, place) => (/\d\s?[一-鿿]{0,2}元$/.test(before(place, 6)) ? undefined : "兑"),
  ),
  rule(
    "aperture of a lens",
    "fF",
    /(?<![A-Za-z])[fF]\/(\d+(?:\.\d+)?)(?:\s?[-–~～]\s?(?:[fF]\/)?(\d+(?:\.\d+)?))?/,
    ([, from = "", to]) => `F${number(from)}${to === undefined ? "" : `到F${number(to)}`}`,
  ),
  rule(
    "slash between abbreviations",
    letterStarts,
    /(?<![A-Za-z\d/])([A-Z][A-Z\d]{0,5})\/([A-Z][A-Z\d]{0,5})(?:\/([A-Z][A-Z\d]{0,5}))?(?![A-Za-z\d/])/,
    ([, a = "", b = "", c], place) =>
      inEquation(place.text, place.index, place.index + 3)
        ? undefined
        : [a, b, ...(c === undefined ? [] : [c])]
            .map((name) => name.replace(/\d+/g, (n) => (n.length > 2 ? digits(n) : cardinal(n).replace("两", "二"))))
            .join(" "),
  ),
  rule(
    "relative path",
    letterStarts,
    /(?<![A-Za-z\d@/.:-])[A-Za-z_][\w-]*(?:\/[A-Za-z_.][\w.-]*){2,}|(?<![A-Za-z\d@/.:-])[a-z_][\w-]*\/[a-z_][\w-]*(?:\.[a-z]{1,4}|\/)(?![A-Za-z])/,
    ([text], place) =>
      inEquation(place.text, place.index, place.index + 3) || /^[A-Z\d/]+$/.test(text)
        ? undefined
        : text
            .replace(/\//g, "斜杠")
            .replace(/\./g, "点")
            .replace(/_/g, "下划线")
            .replace(/-/g, "杠")
            .replace(/\d+/g, (n) => (n.length > 2 ? digits(n) : cardinal(n))),
  ),
  rule("not available", "/", /(?<=(?<![A-Za-z])[Nn])\/(?=[Aa](?![A-Za-z]))/, " "),
  rule("slash between spaced numbers", "/", /(?<=(?<![\w.])\d+(?:\.\d+)?\s)\/(?=\s\d)/, "除以"),
  rule("divided by", "/", /(?<=[\dA-Za-zα-ωπ)）一-鿿²³₀-₉]\s?)\/(?=\s?[\dA-Za-zα-ωπ(（√一-鿿])/, (match, place) => {
    const { text, index } = place;
    const left = before(place, 2).trim().slice(-1);
    const right = text.slice(index + 1, index + 3).trim()[0] ?? "";
    if (/[)）²³π]/.test(left) || /[(（√π]/.test(right))
      return /[一-鿿]/.test(left + right) && !inEquation(text, index, index + 1) ? undefined : "除以";
    if (/(?:sin|cos|tan|ln|log|lim)\s?[a-zα-ω]?\s?$/.test(before(place, 6))) return "除以";
    // A single letter before a slash is divided by the number or single letter after the slash: n/2.
    if (
      /(?<![A-Za-z])[a-z]$/.test(before(place, 2)) &&
      /^(?:\d|[a-z](?![A-Za-z]))/.test(after(match)) &&
      !/(?:w\/o|n\/a|a\/c)/.test(text.slice(index - 1, index + 2))
    )
      return "除以";
    return inEquation(text, index, index + 1) ? "除以" : undefined;
  }),
  rule("and/or", "/", /(?<=[和与及])\/(?=或)/, ""),
  rule("choice", "/", /(?<=[一-鿿])(?<!和|与|及)\/(?=[一-鿿])(?!或|和|与)/, "或"),
];

/** Matches, before a slash, a number with a counter or unit, or a price: `3个`, `5kg`, `$20`. */
const countedBefore =
  /(?:[\d〇零一二两三四五六七八九十百千万亿半]\s?[\u4e00-\u9fff]{1,3}|[$¥€£]\s?[\d.,]+[万亿]?|10(?:\^[-−]?\d+|[⁻⁰¹²³⁴-⁹]+)|\d\s?(?:[A-Za-zμ%]|[㎡㎥])[A-Za-z²³]*|\d[wW])\s?$/;

function readForEach({ text, index }: Place): Reading | undefined {
  const gap = text[index + 1] === " " ? 2 : 1;
  if (!countedBefore.test(text.slice(Math.max(0, index - 14), index))) return undefined;
  const found = parseUnitAfterSlash(text, index + gap);
  return found === undefined ? undefined : { spoken: `每${found.unit.zh}`, end: found.end };
}
