import { after, before, capitalStarts, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, digits, number } from "../number.ts";
import { spellCode } from "./cues.ts";

const order = (text: string): string => (text.includes(".") ? number(text) : cardinal(text)).replace(/^两$/, "二");
/** Abbreviated names of standards bodies, which stand before the number of a standard. */
const bodies =
  "ISO(?:/IEC)?|IEC|IEEE|GB|GB/T|GB/Z|GBZ|JGJ|JG|JGJ/T|CJJ|CJ|DIN|ASTM|ANSI|EN|BS|JIS|YY|YY/T|YBT|QB|QB/T|HJ|HJ/T|SJ|SJ/T|JB|JB/T|NY|NY/T|SB/T|LY/T|WS/T|DB\\d*|DB\\d*/T|T/[A-Z]+|RFC|CNS|UL|API|SAE|MIL|ITU-T";

/** Rules for numbers by which books, standards, laws and films are cited: these are names, not ranges or counts. */
export const referenceRules: readonly Rule[] = [
  rule(
    "number of a standard",
    "IGJCDAEBYQHSNLWTRUM",
    new RegExp(
      `(?<![A-Za-z\\d])(${bodies})[-\\s]?([A-Z]?\\d+(?:[.-]\\d{1,2}(?!\\d))*)(?:\\s?([-:：—–])\\s?((?:19|20)\\d{2}))?(?![\\dA-Za-z])`,
    ),
    ([, body = "", text = "", sign = "", year], place) =>
      body === "ISO" && /^\d00+$/.test(text) && /光圈|快门|感光|焦距|曝光|相机|拍|f\//.test(place.text)
        ? `ISO${cardinal(text)}`
        : `${body.replace("/", "").replace("-", " ")}${text
            .replace(/[A-Z]/, "$& ")
            .split(/([.-])/)
            .map((piece) =>
              piece === "."
                ? "点"
                : piece === "-"
                  ? "杠"
                  : piece.replace(/\d+/, (n) => (n.length > 2 ? digits(n) : order(n))),
            )
            .join("")}${year === undefined ? "" : `${/[:：]/.test(sign) ? "，" : "杠"}${digits(year)}`}`,
  ),
  rule(
    "number of a picture, table or exercise",
    digitStarts,
    /(?<=(?:图|表|式|公式|方程|例|例题|习题|练习|附图|附表|(?<![每道选答大小])题|图表|圖|Fig\.?|Table|Figure)\s?)(\d{1,2})[-–.](\d{1,3})(?:[-–.](\d{1,3}))?(?![\d%]|\s?[元米个天年月秒分])/,
    (match) => {
      const [text, a = "", b = "", c] = match;
      const sign = text.includes(".") ? "点" : "杠";
      return [a, b, ...(c === undefined ? [] : [c])].map(order).join(sign);
    },
  ),
  rule("section of a chapter", digitStarts, /(?<=第\s?)(\d{1,2})-(\d{1,2})(?=\s?[节课条款章])/, ([, a = "", b = ""]) =>
    Number(a) < Number(b) ? undefined : `${order(a)}杠${order(b)}`,
  ),
  rule(
    "mark of a shelf",
    `${digitStarts}${capitalStarts}`,
    /(?<![A-Za-z\d./-])[A-Z]{0,3}\d[A-Z\d]*(?:[./:-][A-Z]{0,2}\d[\dA-Z]*)+(?![\dA-Za-z%])/,
    ([text], place) =>
      /(?:索[书取]号|[排书]架号|架位号?|书标|分类号|[Cc]all number)[^\d，。！？]{0,8}$/.test(before(place, 24))
        ? spellCode(text, "一", "杠")
        : undefined,
  ),
  rule("rank out of a total", digitStarts, /(?<=第\s?)(\d{1,4})\/(\d{2,4})(?![\d/%]|\s?[道题])/, (match, place) => {
    const [, a = "", b = ""] = match;
    const isPlace =
      /^\s?名/.test(after(match, 2)) ||
      /(?:年级|班级?|排名?|名次|全[校班市省国年]|位列|名列)[^\d，。]{0,4}$/.test(before(place));
    return isPlace && Number(a) <= Number(b) ? `${order(a)}，共${order(b)}` : undefined;
  }),
  rule(
    "page of a whole",
    digitStarts,
    /(?<=第\s?)(\d+)\/(\d+)(?=\s?[页題题步张集关])/,
    ([, a = "", b = ""]) => `${order(a)}，共${order(b)}`,
  ),
  rule(
    "floor with the number of floors of the building",
    digitStarts,
    /(?<![\d./])(\d{1,2})\/(\d{1,2})(?=\s?[层楼])/,
    ([, floor = "", of = ""]) => (Number(floor) <= Number(of) ? `${order(floor)}，共${order(of)}` : undefined),
  ),
  rule(
    "year of a ruling or a work",
    digitStarts,
    /(?<=[（(〔[])((?:19|20)\d{2})(?=[)〕\]]\s?[一-鿿\d]|）)|(?<=[A-Za-z]["”']?\s?[（(])((?:19|20)\d{2})(?=[)）])/,
    ([year]) => digits(year),
  ),
  rule("number of a ruling", digitStarts, /(?<=[民刑行执知商][一-鿿]{1,3})\d{3,}(?=号)/, ([text]) => digits(text)),
  rule(
    "title that is a number of three or four digits",
    digitStarts,
    /(?<=[《〈『]\s?)\d{3,4}(?=\s?[》〉』])/,
    ([text]) => digits(text),
  ),
  rule(
    "year in a title",
    digitStarts,
    /(?<=[《〈][^》〉]{0,12})(?:19|20)\d{2}(?=[^》〉\d年]{0,12}[》〉])(?!年|个|天|次|米|公里|万)/,
    ([text]) => digits(text),
  ),
  rule("edition by its year", digitStarts, /(?<![\d.,第])\d{2}(?=版(?!本|次))/, ([text]) => digits(text)),
  rule("opus", digitStarts, /(?<=(?:Op|op|OP|BWV|(?<![A-Za-z\d])KV?)\.?\s?)\d{3,}(?![\d.,%])/, ([text]) =>
    digits(text),
  ),
  rule(
    "numbers of a rule",
    digitStarts,
    /(?<![\d-])\d{1,2}(?:-\d{1,2}){2,}(?=\s?(?:法则|原则|定律|规则|阵型|结构|模式|呼吸|阵|战术))/,
    ([text]) => text.split("-").map(cardinal).join("，").replaceAll("两", "二"),
  ),
  rule("four or more numbers with hyphens", digitStarts, /(?<![\w-])\d{1,2}(?:-\d{1,2}){3,}(?![\w-])/, ([text]) =>
    text
      .split("-")
      .map((part) => digits(part))
      .join("，"),
  ),
  rule(
    "numbers with names",
    digitStarts,
    /(?<![\d.,])(?:996|985|211|911|618|315|520|1314|404|007|863|973|731|918|301)(?=事件|晚会|大促|购物节|活动|工程|高校|院校|大学|工作制|制度|计划|错误|页面|告白|表白|系列|特工|部队|医院|事变|爱国|客机|电影|[/和、或]\s?(?:211|985|双一流|双11|双12))/,
    ([text]) => digits(text),
  ),
  rule(
    "number used as a name, in a list",
    digitStarts,
    /(?<=(?:985|211|996|618|双1[12]|双十[一二])(?:[/、，]|和|与|或|还有|以及)\s?)(?:211|985|007|618|315)(?![\d.,%元块])/,
    ([text]) => digits(text),
  ),
  rule(
    "class of universities named by a number",
    digitStarts,
    /(?<![\d.,])(?:985|211)(?:(?=\s?的?(?:分数线|录取|投档|学校|本科|硕士|博士|毕业|学历|招生|考生|名校|线(?!路)|专业|研究生))|(?<=(?:考[上进入取]?|上了?|冲刺?|读|毕业于|非|进|不是|重点|普通|末流|中流|顶尖|所)\s?\d{3})(?=$|[，。！？；的]))/,
    ([text]) => digits(text),
  ),
  rule(
    "fineness of gold or silver",
    "9",
    /(?<=[足黄千万]金|[足纯白]银|Au|Pt|Ag)(?:9{3,5}|990|950|925)(?![\d.,%]|\s?[元克])|(?<![\d.,])(?:925|990|999)(?=[纯足]?银(?![行元两币牌]))/,
    ([text]) => digits(text),
  ),
  rule("shopping day", digitStarts, /(?<=双)(?:11|12)(?!\d)/, ([text]) => cardinal(text)),
  rule("shopping festival named 618", "6", /(?<![\d.,])618(?=$|[，。！？、的]|期间|当天|大)/, (match, place) =>
    /(?:双1[12]|京东|淘宝|天猫|电商|大促|年中|购物)[^。]{0,14}$/.test(before(place, 20)) ||
    /^期间|^当天|^大/.test(after(match))
      ? digits(match[0])
      : undefined,
  ),
  rule("working hours", "9", /(?<![\d.,])996(?![\d.,%]|\s?[元块年万])(?!个|人|次|名)/, ([text]) => digits(text)),
  rule(
    "internet slang written in digits",
    "256",
    /(?<=^|[\s，。！？啊哈了太呀吧嘛的真好赞棒])(?<![-+−×÷=]\s)(?:6{3,}|5{3,}|23{2,})(?=$|[\s，。！？~～…!])(?!\s[-+−×÷=])/,
    ([text]) => digits(text),
  ),
];
