import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, digits, number } from "../number.ts";

/** Matches words before a number of years which show that it is a duration, not a date; `spanAfter`: words after it. */
const spanBefore =
  /(?:近|约|超过|超|长达|大约|过去|持续|历时|了|有|满|整整|达|上|逾|未来|最近|每|多|前|后|第|共|仅|足足|等了|花了|用了|等于|相当于)\s?$/;
const spanAfter =
  /^(?:多|来|的历史|历史|的时间|之久|之后|以后|之前|以前|以来|以上|以下|左右|前|后|内|间|里|期|大关|文明|的积累|光阴|岁月|老店|一遇|寿命|质保|保修|工龄|经验|的经验|工作经验)/;
/** Matches words after a two-digit number which show that it is a calendar year, such as 毕业. */
const shortYearAfter =
  /^(?:出生|生人|毕业|入学|入职|结婚|(?:的)?(?:世界杯|奥运|春天|夏天|秋天|冬天|时候|老|亚洲|金融)|春|夏|秋|冬|初|底|末|版|款|的时候|那年|\s?\d{1,2}\s?月)/;
const yearRange = String.raw`\s?(?:[-–—~～至到])\s?`;

function fullYear(match: RegExpExecArray, text: string): string {
  const following = after(match);
  const n = Number(text);
  const round = n % 100 === 0;
  // A year too far in the future is not a calendar year but a number of years, such as the half-life of 5730 years.
  if (n > 2199 || (round && (n > 2100 || n < 1000)) || (n === 1000 && following.startsWith("后")))
    return `${number(text)}年`;
  if (
    round &&
    (spanBefore.test(match.input.slice(Math.max(0, match.index - 6), match.index)) ||
      /^(?:多年|来|的历史|历史|之久|以来|前(?!后)|以上|左右|寿命|文明)/.test(following))
  )
    return `${number(text)}年`;
  return `${digits(text)}年`;
}

/** Rules for years, ranges of years, decades, generations, seasons and quarters. */
export const yearRules: readonly Rule[] = [
  rule(
    "years of a range",
    digitStarts,
    new RegExp(`(?<!\\d)(\\d{4})(年?)${yearRange}(\\d{4})(?=年)`),
    ([, from = "", sign = "", to = ""]) => `${digits(from)}${sign}到${digits(to)}`,
  ),
  rule(
    "range of years without the word for year",
    digitStarts,
    /(?<![\d.])((?:1[5-9]|20)\d{2})\s?[-–—~～]\s?((?:1[5-9]|20)\d{2})(?![\d.]|\s?(?:[A-Za-z%℃元个人名米块条升克斤度次步卡字件份]|毫|千|公|大卡))/,
    (match, place) =>
      /[=＝+×*]\s?$/.test(before(place)) || /^\s?[=＝+×*÷]/.test(after(match))
        ? undefined
        : `${digits(match[1] ?? "")}到${digits(match[2] ?? "")}`,
  ),
  rule(
    "years of a life or reign",
    digitStarts,
    /(?<=[（(]|(?:公元|西元)前?)(\d{3,4})\s?[-–—~～]\s?(\d{3,4})(?=(年?)[)）]|年)/,
    ([, from = "", to = "", sign], place) =>
      Number(from) < Number(to) &&
      Number(to) < 2100 &&
      (from.length > 3 ||
        sign === "年" ||
        /[公西]元前?$/.test(before(place, 3)) ||
        /[朝代帝宗祖王汉唐宋隋晋魏吴蜀国间年][（(]$/.test(before(place, 3)))
        ? `${digits(from)}到${digits(to)}`
        : undefined,
  ),
  rule(
    "range of years with a shortened second year",
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
  rule(
    "title that is a year",
    digitStarts,
    /(?<=(?:专辑|歌曲|单曲|唱片|影片|电影|小说|著作|剧集|美剧|韩剧|话剧|游戏|名著)[名叫是为：:《“"'‘]{0,3}\s?)((?:1[0-9]|20)\d\d)(?![\d%]|[.,]\d|\s?(?:[年元块美万亿千部首个人名次张本集集版余多]))/,
    ([, title = ""]) => digits(title),
  ),
  rule(
    "title that is a year, before brackets with Latin letters",
    digitStarts,
    /(?<![\d.,])(?:1[0-9]|20)\d\d(?=\s?[(（][A-Z])/,
    ([text]) => digits(text),
  ),
  rule("year", digitStarts, /(?<![\d.,])(\d{4})\s?年(?!级)/, (match) => fullYear(match, match[1] ?? "")),
  rule(
    "years of three digits in brackets",
    digitStarts,
    /(?<=[（(](?:约|前)?|年\s?[-–—~～至到]\s?)\d{3}(?=年\s?[-–—~～至到)）])/,
    ([text]) => digits(text),
  ),
  rule(
    "years of a life before Christ",
    digitStarts,
    /(?<=[（(]约?前)(\d{2,4})\s?[-–—~～－]\s?(前?)(\d{1,4})(?=[)）])/,
    ([, from = "", sign = "", to = ""]) => `${digits(from)}到${sign}${digits(to)}`,
  ),
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
      /(?:年|财年|\d{4}|第|今|[-–—~～至到]|^|[，。；：]|(?<![A-Za-z])\s)\s?$/.test(before(place))
        ? `第${cardinal(quarter)}季度`
        : undefined,
  ),
  rule(
    "year with its quarter or half, such as 2024Q3",
    digitStarts,
    /(?<!\d)((?:19|20)\d{2}|\d{2})\s?[-/ ]?([QH])([1-4])(?![\dA-Za-z]|\s?(?:版|更新|系统))/,
    ([, year = "", kind = "", part = ""], place) =>
      // In "Windows 11 23H2", 23H2 is a version and not half a year.
      /(?:Windows|Win)\s?1[01]\s?$/.test(before(place))
        ? `${digits(year)}${kind}${cardinal(part).replace("两", "二")}`
        : kind === "Q"
          ? `${digits(year)}年第${cardinal(part)}季度`
          : Number(part) > 2
            ? undefined
            : `${digits(year)}年${part === "1" ? "上" : "下"}半年`,
  ),
];
