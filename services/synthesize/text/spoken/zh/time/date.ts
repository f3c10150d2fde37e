import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, digits } from "../number.ts";
import { yearRules } from "./year.ts";

const isMonth = (text: string): boolean => Number(text) >= 1 && Number(text) <= 12;
const isDay = (text: string): boolean => Number(text) >= 1 && Number(text) <= 31;
const day = (text: string): string => cardinal(text).replace(/^两/, "二");

/** Matches text that ends with a word before a date, such as 有效期: `5.1-5.7` after it is a range of dates. */
const datedBefore = /(?:座|时间|日期|活动|活动期|有效期|期间|档期|假期|放假|课程|报名|截止)\s?[（(是为：:]{0,2}\s?$/;

/** Rules for dates: first for complete numeric dates, then for years, then for months and days. */
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
    /(?<![\d.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d|\.\d|[-/](?!\d{4}[-/.]\d)\d)(?:日|号)?/,
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
    "month and day after a word for a date",
    digitStarts,
    /(?<![\d./])(1[0-2]|0?[1-9])\/(3[01]|[12]\d|0?[1-9])(?![\d/%]|\.\d|日|号)/,
    (match, place) =>
      /(?:下一?次|上一?次|截止|日期|到期|生日|预约|复诊|复查|deadline|due(?: date)?|ddl|DDL|booster|expir\w+|appointment|(?<![A-Za-z])on)[^\d。！？，]{0,10}$/.test(
        before(place, 24),
      )
        ? `${day(match[1] ?? "")}月${day(match[2] ?? "")}日`
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
    /(?<![\d.])((?:19|20)\d{2})[-/.](0[1-9]|1[0-2])(?![\d.%-])(?=\s?(?:$|[，。、；！？,)）期至到~]|(?!年)[一-鿿]))/,
    (match, place) =>
      /[.]/.test(match[0]) && !/(?:年|月|日期|时间|于|自|从)/.test(before(place))
        ? undefined
        : `${digits(match[1] ?? "")}年${day(match[2] ?? "")}月`,
  ),
  rule(
    "date without marks",
    digitStarts,
    /(?<![\d.,])((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d.,%])/,
    (match, place) =>
      /(?:号|码|ID|编号|#)[是为：:\s]*$/.test(before(place)) || /^\s?[个元条块人名万亿份次]/.test(after(match))
        ? undefined
        : `${digits(match[1] ?? "")}年${day(match[2] ?? "")}月${day(match[3] ?? "")}日`,
  ),
  rule(
    "from one month and day to another, with full stops",
    digitStarts,
    /(?<![\d.])(0?[1-9]|1[0-2])\.(0?[1-9]|[12]\d|3[01])\s?[-–—~～至到]\s?(0?[1-9]|1[0-2])\.(0?[1-9]|[12]\d|3[01])(?![\d.%])/,
    ([, month = "", d = "", last = "", end = ""], place) =>
      datedBefore.test(before(place)) ? `${day(month)}月${day(d)}日到${day(last)}月${day(end)}日` : undefined,
  ),
  ...yearRules,
  rule("month", digitStarts, /(?<![\d.,])0?(\d{1,2})\s?(?=月(?!球|亮|饼))/, ([, month = ""], place) =>
    /个$/.test(place.text.slice(0, place.index)) ? undefined : day(month),
  ),
  rule(
    "days of a range",
    digitStarts,
    /(?<=月\s?)0?(\d{1,2})\s?[-–—~～]\s?0?(\d{1,2})(?=[日号])/,
    ([, from = "", to = ""]) => `${day(from)}日到${day(to)}`,
  ),
  // A leading zero is spoken in the number of a room or the like (A08号柜, 05号房), but not in a day of the month.
  rule(
    "day",
    digitStarts,
    /(?<![\d.,A-Za-z])(?!0\d\d|0\d\s?号(?:柜|房|杆|楼|机(?!会)|车|桌|位|线|窗|厅|馆|店|门|库|仓|站|座|铺|床|井|桥|展|泊|样|箱|格|道|球|选手|闸|塔|舱|台(?!风)))0?([1-9]|[12]\d|3[01])\s?(?=[日号](?!元|本))/,
    ([, d = ""]) => day(d),
  ),
  rule("year after an apostrophe", digitStarts, /(?<=['’])(\d{2})(?=年)/, ([, year = ""]) => digits(year)),
  rule(
    "days with names",
    digitStarts,
    /(?<!\d)(3[·.]15|5[·.]12|9[·.]11|12[·.]9|9[·.]18|7[·.]7|5[·.]4|3[·.]8|6[·.]1|5[·.]1|10[·.]1)(?=晚会|地震|事件|运动|事变|节|黄金周|长假|假期|国庆|劳动节|妇女节|儿童节)/,
    ([, d = ""]) => (d.startsWith("10") ? d.split(/[·.]/).map(cardinal).join("") : digits(d)),
  ),
  rule("event named after its date", digitStarts, /(?<!\d)(\d{1,2})·(\d{1,2})(?!\d)/, ([, month = "", d = ""]) =>
    digits(month + d),
  ),
];
