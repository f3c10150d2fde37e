import { after, before, digitStarts, type Rule, rule } from "../rule.ts";
import { cardinal, digits, number } from "./number.ts";

const isMonth = (text: string): boolean => Number(text) >= 1 && Number(text) <= 12;
const isDay = (text: string): boolean => Number(text) >= 1 && Number(text) <= 31;
const day = (text: string): string => cardinal(text).replace(/^两/, "二");

/** Words around a number that make it a length of time and no date. */
const spanBefore =
  /(?:近|约|超过|超|长达|大约|过去|持续|历时|了|有|满|整整|达|上|逾|未来|最近|每|多|前|后|第|共|仅|足足|等了|花了|用了|等于|相当于)\s?$/;
const spanAfter =
  /^(?:多|来|的历史|历史|的时间|之久|之后|以后|之前|以前|以来|以上|以下|左右|前|后|内|间|里|期|大关|文明|的积累|光阴|岁月|老店|一遇|寿命|质保|保修|工龄|经验|的经验|工作经验)/;
/** Words around a year of two digits that make it a calendar year. */
const shortYearAfter =
  /^(?:出生|生人|毕业|入学|入职|结婚|(?:的)?(?:世界杯|奥运|春天|夏天|秋天|冬天|时候|老|亚洲|金融)|春|夏|秋|冬|初|底|末|版|款|的时候|那年|\s?\d{1,2}\s?月)/;
const yearRange = String.raw`\s?(?:[-–—~～至到])\s?`;

function fullYear(match: RegExpExecArray, text: string): string {
  const following = after(match);
  const n = Number(text);
  const round = n % 100 === 0;
  if ((round && (n > 2100 || n < 1000)) || (n === 1000 && following.startsWith("后"))) return `${number(text)}年`;
  if (
    round &&
    (spanBefore.test(match.input.slice(Math.max(0, match.index - 6), match.index)) ||
      /^(?:多年|来|的历史|历史|之久|以来|前(?!后)|以上|左右|寿命|文明)/.test(following))
  )
    return `${number(text)}年`;
  return `${digits(text)}年`;
}

/** Dates, years, decades, quarters. */
export const dateRules: readonly Rule[] = [
  rule(
    "date and time",
    digitStarts,
    /(?<!\d)(\d{4})-(\d{2})-(\d{2})T(?=\d{2}:\d{2})/,
    ([, year = "", month = "", d = ""]) => `${digits(year)}年${day(month)}月${day(d)}日`,
  ),
  rule(
    "date in figures",
    digitStarts,
    /(?<![\d.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d]|\.\d|[-/]\d)(?:日|号)?/,
    (match) => {
      const [whole, year = "", , month = "", d = ""] = match;
      if (!isMonth(month) || !isDay(d)) return undefined;
      return `${digits(year)}年${day(month)}月${day(d)}${whole.endsWith("号") ? "号" : "日"}`;
    },
  ),
  rule(
    "day, month, year",
    digitStarts,
    /(?<![\d.])(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/,
    ([, month = "", d = "", year = ""]) =>
      isMonth(month) && isDay(d)
        ? `${digits(year)}年${day(month)}月${day(d)}日`
        : isMonth(d) && isDay(month)
          ? `${digits(year)}年${day(d)}月${day(month)}日`
          : undefined,
  ),
  rule(
    "year and month in figures with a slash",
    digitStarts,
    /(?<![\d./])((?:19|20)\d{2})\/(1[0-2]|0?[1-9])(?![\d/])/,
    ([, year = "", month = ""]) => `${digits(year)}年${day(month)}月`,
  ),
  rule(
    "year and month in figures",
    digitStarts,
    /(?<![\d.])((?:19|20)\d{2})[-/.](0[1-9]|1[0-2])(?![\d.%-])(?=\s?(?:$|[，。、；！？,)）期至到~]|[一-鿿]))/,
    (match, place) =>
      /[.]/.test(match[0]) && !/(?:年|月|日期|时间|于|自|从)/.test(before(place))
        ? undefined
        : `${digits(match[1] ?? "")}年${day(match[2] ?? "")}月`,
  ),
  rule(
    "years of a range",
    digitStarts,
    new RegExp(`(?<!\\d)(\\d{4})(年?)${yearRange}(\\d{4})(?=年)`),
    ([, from = "", sign = "", to = ""]) => `${digits(from)}${sign}到${digits(to)}`,
  ),
  rule(
    "bare years of a range",
    digitStarts,
    /(?<![\d.])((?:1[5-9]|20)\d{2})\s?[-–—~～]\s?((?:1[5-9]|20)\d{2})(?![\d.]|\s?[元个人名米块条])/,
    (match, place) =>
      /[=＝+×*]\s?$/.test(before(place)) || /^\s?[=＝+×*÷]/.test(after(match))
        ? undefined
        : `${digits(match[1] ?? "")}到${digits(match[2] ?? "")}`,
  ),
  rule(
    "years of a life or reign",
    digitStarts,
    /(?<=[（(])(\d{3,4})\s?[-–—~～]\s?(\d{3,4})(?=[)）])/,
    ([, from = "", to = ""]) =>
      Number(from) < Number(to) && Number(to) < 2100 ? `${digits(from)}到${digits(to)}` : undefined,
  ),
  rule(
    "years of a shortened range",
    digitStarts,
    new RegExp(`(?<!\\d)((?:19|20)\\d{2})${yearRange}(\\d{2})(?=年)`),
    ([, from = "", to = ""]) => `${digits(from)}到${digits(to)}`,
  ),
  rule(
    "year of an event",
    digitStarts,
    /(?<![\d.,第])((?:19|20)\d{2})(?=届|级(?!台)|款|版|财年|学年|赛季|年度|秋|春|高考|考研|奥运|世界杯|欧洲杯|亚运|校招)/,
    ([, year = ""]) => digits(year),
  ),
  rule(
    "date without marks",
    digitStarts,
    /(?<![\d.,])((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d.,%])/,
    (match, place) =>
      /(?:号|码|ID|编号)[是为：:\s]*$/.test(before(place)) || /^\s?[个元条块人名万亿份次]/.test(after(match))
        ? undefined
        : `${digits(match[1] ?? "")}年${day(match[2] ?? "")}月${day(match[3] ?? "")}日`,
  ),
  rule(
    "season",
    digitStarts,
    /(?<!\d)((?:19|20)\d{2})[-/](\d{2}|(?:19|20)\d{2})(?=赛季|学年|财年|年度)/,
    ([, from = "", to = ""]) => `${digits(from)}到${digits(to)}`,
  ),
  rule("year before Christ", digitStarts, /(?<=公元前?|西元前?)\s?(\d{1,4})(?=年)/, ([, year = ""]) =>
    year.length < 3 ? number(year) : digits(year),
  ),
  rule(
    "decade in English",
    digitStarts,
    /(?<![\d.,])((?:1[5-9]|20)\d0)['’]?s(?![A-Za-z])(?!\s?年代)/,
    ([, year = ""]) => `${digits(year)}年代`,
  ),
  rule("decade", digitStarts, /(?<!\d)(\d{4}|\d{2})(?=s?年代)s?/, ([, year = ""]) =>
    year.length === 2 && year !== "00" ? cardinal(year) : digits(year),
  ),
  rule("generation before another", digitStarts, /(?<![\d.])([05-9]\d)(?=[、/和与][05-9]\d后)/, ([, year = ""]) =>
    digits(year),
  ),
  rule(
    "generation",
    digitStarts,
    /(?<![\d.])([05-9]\d|1[05])后(?![天来续面台者期半腿排门])/,
    ([, year = ""]) => `${digits(year)}后`,
  ),
  rule(
    "year before a name",
    digitStarts,
    /(?<=^|[，。：；（\n\s])((?:199|20[0-3])\d)(?=\s[A-Za-z]*[A-Z][A-Za-z]+[\s一-鿿])/,
    ([, year = ""]) => digits(year),
  ),
  rule("year", digitStarts, /(?<![\d.,])(\d{4})\s?年(?!级)/, (match) => fullYear(match, match[1] ?? "")),
  rule(
    "year of three digits",
    digitStarts,
    /(?<=于|在|到|至|从|自|前)(\d{3})(?=年)(?!\d0年|\d{3}年(?:前|后|内|间))/,
    ([, year = ""]) => digits(year),
  ),
  rule("year of two digits", digitStarts, /(?<![\d.,])(\d{2})\s?年/, (match, place) => {
    const year = match[1] ?? "";
    const following = after(match);
    if (year.startsWith("0")) return `${digits(year)}年`;
    if (spanBefore.test(before(place)) || (spanAfter.test(following) && !shortYearAfter.test(following)))
      return undefined;
    return shortYearAfter.test(following) || (Number(year) >= 50 && /(?:从|在|自|于|到|是)$/.test(before(place)))
      ? `${digits(year)}年`
      : undefined;
  }),
  rule(
    "year and quarter",
    "Qq",
    /[Qq]([1-4])(?![\dA-Za-z])(?=\s?(?:[的营财业收利净同环季，。、；：！？]|$|[-–—~～至到]))/,
    ([, quarter = ""], place) =>
      /(?:年|财年|\d{4}|第|今|[-–—~～至到]|^|[，。；：\s])\s?$/.test(before(place))
        ? `第${cardinal(quarter)}季度`
        : undefined,
  ),
  rule(
    "year in figures and quarter",
    digitStarts,
    /(?<!\d)((?:19|20)\d{2}|\d{2})\s?[-/ ]?([QH])([1-4])(?![\dA-Za-z]|\s?(?:版|更新|系统))/,
    ([, year = "", kind = "", part = ""]) =>
      kind === "Q"
        ? `${digits(year)}年第${cardinal(part)}季度`
        : Number(part) > 2
          ? undefined
          : `${digits(year)}年${part === "1" ? "上" : "下"}半年`,
  ),
  rule("month and day in figures", digitStarts, /(?<![\d./-])(\d{1,2})\/(\d{1,2})(?![\d/%])/, (match, place) => {
    const [, month = "", d = ""] = match;
    // A part of a whole is smaller than it: 2/5 is a fraction, 5/20 only beside words that speak of a day.
    const dated =
      /(?:日期|时间|于|在|到|至|从|截止|截至)\s?$/.test(before(place, 4)) &&
      /^\s?(?:[（(]|周|星期|放假|开始|截止|之前|前|晚|上午|下午|举行|当天)/.test(after(match));
    return isMonth(month) &&
      isDay(d) &&
      (dated || (Number(month) > Number(d) && /^\s?(?:号|日|[（(]?周|星期|放假|开业|当天)/.test(after(match))))
      ? `${day(month)}月${day(d)}日`
      : undefined;
  }),
  rule("month", digitStarts, /(?<![\d.,])0?(\d{1,2})\s?(?=月(?!球|亮|饼))/, ([, month = ""], place) =>
    /个$/.test(place.text.slice(0, place.index)) ? undefined : day(month),
  ),
  rule(
    "days of a range",
    digitStarts,
    /(?<=月\s?)0?(\d{1,2})\s?[-–—~～]\s?0?(\d{1,2})(?=[日号])/,
    ([, from = "", to = ""]) => `${day(from)}日到${day(to)}`,
  ),
  rule("day", digitStarts, /(?<![\d.,])0?([1-9]|[12]\d|3[01])\s?(?=[日号](?!元|本))/, ([, d = ""]) => day(d)),
  rule("event by its day", digitStarts, /(?<!\d)(\d{1,2})·(\d{1,2})(?!\d)/, ([, month = "", d = ""]) =>
    digits(month + d),
  ),
  rule("year after an apostrophe", digitStarts, /(?<=['’])(\d{2})(?=年)/, ([, year = ""]) => digits(year)),
  rule(
    "days with names",
    digitStarts,
    /(?<!\d)(3[·.]15|5[·.]12|9[·.]11|12[·.]9|9[·.]18|7[·.]7|5[·.]4|3[·.]8|6[·.]1|5[·.]1|10[·.]1)(?=晚会|地震|事件|运动|事变|节|黄金周|长假|假期|国庆|劳动节|妇女节|儿童节)/,
    ([, d = ""]) => (d.startsWith("10") || d.startsWith("12") ? d.split(/[·.]/).map(cardinal).join("") : digits(d)),
  ),
];
