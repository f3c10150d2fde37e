import { parseQuantity } from "../../amounts/quantity.ts";
import { numberedName, romanValue, rulerName } from "../../amounts/roman.ts";
import { cardinal as englishCardinal, ordinal } from "../../en/number.ts";
import { after, before, digitStarts, letterStarts, type Rule, rule } from "../../rule.ts";
import { isCounted } from "../amount/measure-words.ts";
import { cardinal, digits, number } from "../number.ts";

const afterLetters = (text: string): string =>
  text.includes(".")
    ? number(text)
    : text.length > 2 || /^0/.test(text)
      ? digits(text)
      : cardinal(text).replace("两", "二");

/** Matches the name of a measurement or test: a number after it is a value, not a model: "TOEFL 105", "HR 120". */
const measured =
  /(?<![A-Za-z])(?:HR|BP|IQ|EQ|SAT|ACT|GRE|GMAT|LSAT|TOEFL|IELTS|AQI|API|BPM|bpm|RPM|rpm|PLT|WBC|RBC|HGB|Hb|TG|TC|LDL|HDL|ALT|AST|GGT|TSH|CRP|BMI|FPS|fps|DPI|dpi|CPM|DPS|ATK|DEF|HP|MP|EXP|[Ll]v|ISO|SPF|UPF|ELO|Elo|MMR|CPI|PPI|PMI|VIX|PE|PB|EPS|ROE|RSI|KPI|[Ss]core|[Ll]evel|rank|GI|PSI|ppm|limit|memory|max|min|cholesterol|glucose|creatinine|triglycerides|weight|count|pressure|calories|sodium|balance|salary|budget|price|cost|total|average|target)\s$/;

/** Matches an abbreviation after which a Roman numeral is read as a Chinese number: "TOPIK II" as TOPIK二. */
const abbreviated = /(?<![A-Za-z])(?:TOPIK|GTA|EJU|SAT|CFA|FRM|FF|DQ|NGC|BWV|COD)\s$/;

/** Rules for names that consist of letters and a number: 5G is read 五G, MP3 MP三. */
export const nameRules: readonly Rule[] = [
  rule(
    "to",
    letterStarts,
    /(?<![A-Za-z\d])([ABCDEFGIMNOPSTV])2([ABCDEFGIMNOPSTVX])(?![A-Za-z\d])/,
    ([, from = "", to = ""]) => `${from} to ${to}`,
  ),
  rule(
    "dash of a name",
    "-",
    /(?<=歼|轰|运|直|强|东风|长征|神舟|嫦娥|天宫|苏|米格|图|巨浪|红旗|鹰击|波音|空客|麦道|教|枭龙|和谐)-(?=\d)/,
    "",
  ),
  rule(
    "version letter",
    "vV",
    /(?<![A-Za-z\d])[vV](\d+(?:\.\d+)+)/,
    ([, text = ""]) =>
      `V${text
        .split(".")
        .map((part) => (part.length > 2 ? digits(part) : cardinal(part)))
        .join("点")}`,
  ),
  rule(
    "Roman numeral after a name in Latin letters",
    "IVX",
    /(?<=[A-Za-z]{2}\s)[IVX]+(?![\w'’.-])/,
    ([text], place) => {
      const left = before(place, 20);
      const value = romanValue(text);
      if (value === undefined) return undefined;
      if (rulerName.test(left))
        return `${romanName(text)}${/^\s?世/.test(place.text.slice(place.index + text.length)) ? "" : "世"}`;
      if (abbreviated.test(left)) return romanName(text);
      const isNumbered = numberedName.test(left) && !/(?<![A-Za-z])Gen\s$/.test(left);
      return isNumbered || (/^(?:II|III|IV|VI{1,3}|IX)$/.test(text) && /(?<![A-Za-z])[A-Z][a-z]+\s$/.test(left))
        ? ` ${englishCardinal(String(value))}`
        : undefined;
    },
  ),
  rule("Roman numeral after 第", "IVX", /(?<=第)[IVX]+(?![A-Za-z])/, ([text], _place) => romanName(text)),
  rule(
    "Roman numeral before its noun",
    "IVX",
    /(?<![A-Za-z])[IVX]+(?=级|型|期(?!间|待|望)|类|章|卷|代|度|区|部|组|号线)/,
    ([text]) => (text === "X" || text === "V" || text === "I" ? (text === "I" ? "一" : undefined) : romanName(text)),
  ),
  rule(
    "Roman numeral after a Chinese name",
    "IVX",
    /(?<=[一-鿿])(?!X+(?![IV])|VI(?=设计|系统|手册))[IVX]{2,}(?![A-Za-z])/,
    ([text]) => romanName(text),
  ),
  rule("around the clock", "2", /24\/7(?!\d|\/)/, "二十四七"),
  rule(
    "airplane",
    digitStarts,
    /(?<=波音|歼|轰|运|空客|麦道|东风|解放|标致|奔驰|宝马)[-\s]?(\d{3,})(?!\d)/,
    ([, text = ""]) => digits(text),
  ),
  rule("shop", "7", /7-11(?=$|[^\d\-点月日])(?![年人个])/, (match, place) =>
    /便利|店|买/.test(after(match) + before(place)) ? "七十一" : undefined,
  ),
  rule("English ordinal", digitStarts, /(?<![\d.])(\d+)(?:st|nd|rd|th)(?![A-Za-z])/, ([, n = ""]) => ordinal(n)),
  rule(
    "number after letters",
    digitStarts,
    /(?<=[A-Za-z])(?<!\d[xX]|\d\s?(?:h|min))\d+(?:\.\d+)?(?![\d%]|,\d)/,
    ([text], place) =>
      /(?<![A-Za-z])(?:lg|ln|log|sin|cos|tan)$/.test(before(place, 4)) ? number(text) : afterLetters(text),
  ),
  rule(
    "number in the name of a list or index, such as Fortune 500",
    digitStarts,
    /(?<=(?<![A-Za-z])(?:S&P|Fortune|Hot|Top|Global|Forbes|Billboard|Russell|FTSE|Nikkei|Nasdaq|NASDAQ|CSI|STOXX|CAC|DAX|Dow|ASX|Formula|Area|Level|Chapter|Episode|Season|Part|Unit|Lesson|Page|Week|Day|Step|Tier|Bus|Best)[\s-])(?:[1-9]|[1-9]\d{1,3})(?![\d%/:：]|[-–.,]\d|\s?[元美块])/,
    ([text]) => cardinal(text).replace(/^两(?![百千])/, "二"),
  ),
  rule(
    "ampersand in a name, such as AT&T",
    "&",
    /(?<=(?<![A-Za-z])(?:S(?=&P)|H(?=&M)|AT(?=&T)|P(?=&[GL])|R(?=&[BD])|M(?=&[AM])|J(?=&J)|B(?=&[BO])|D(?=&[DG])|Q(?=&A)|F(?=&B)|L(?=&D)))&/,
    " and ",
  ),
  rule("number after a name", digitStarts, /(?<=[A-Za-z][-–\s])\d{1,2}(?![\d%/:：-]|[.,]\d)/, (match) =>
    isCounted(after(match)) || /^\s?(?:[A-Za-z]{1,4}(?![A-Za-z])|[°℃年月日])/.test(after(match))
      ? undefined
      : match[0] === "2" && /^\s[a-z]{2,}s(?![A-Za-z])/.test(after(match))
        ? "两"
        : afterLetters(match[0]),
  ),
  rule("model after a name", digitStarts, /(?<=[A-Za-z][-–\s])\d{3,5}(?![\d%/:：]|[-–.,]\d|\s?[×=])/, (match, place) =>
    isCounted(after(match)) ||
    measured.test(before(place)) ||
    (/(?<![A-Za-z])[a-z]{3,}\s$/.test(before(place)) && /^\s?[a-z]{3,}/.test(after(match))) ||
    parseQuantity(place.text, place.index)?.attached ||
    /^\s?(?:[a-zμ]{1,4}(?![A-Za-z])|[元块°℃万亿年分多余+米])/.test(after(match))
      ? undefined
      : digits(match[0]),
  ),
  rule(
    "model of a processor after its family",
    digitStarts,
    /(?<=(?<![A-Za-z])(?:[Rri][3579]|Ryzen\s[3579]|Core\s[im]?[3579]|Ultra\s[3579]|Xeon|EPYC)[-\s])\d{3,5}(?=[A-Z]{0,3}\d?[A-Z]?(?![A-Za-z\d]))(?![%]|[.,]\d)/,
    ([text]) => ` ${digits(text)}`,
  ),
  rule("number before letters", digitStarts, /(?<![\d.,])(\d{3,4})(?=[Pp](?![A-Za-z\d]))/, ([, text = ""]) =>
    /^(?:\d0|1[24])\d0$|^[1-9][0-9]0$|^\d{2}[24]0$/.test(text) ? digits(text) : undefined,
  ),
];

function romanName(text: string): string | undefined {
  const value = romanValue(text);
  return value === undefined ? undefined : cardinal(String(value)).replace("两", "二");
}
