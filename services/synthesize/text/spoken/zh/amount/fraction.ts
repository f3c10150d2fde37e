import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, digits, number } from "../number.ts";

const day = (text: string): string => cardinal(text).replace(/^两/, "二");
/** Matches words before two numbers with a slash which show that they are month and day; `datedAfter`: words after. */
const datedBefore =
  /(?:日期|时间|日子|截[止至](?:到|日期|时间)?|有效期?|期限|从|自|于|定[在于]|在|到|至|持续到|延[期长]至?|改[到在]|约[在到]|[周星期礼拜]{1,2}[一二三四五六日天末][（(\s，,]{0,2}|生日是?|今天是?|明天是?|昨天是?|月\d{1,2}日[、，和至到-]?|\d{1,2}\/\d{1,2}\s?[-–—~～至到和、，,与（(]{1,2}|（|\(|[上下这本]周[一二三四五六日]?|活动|档期|开售|发售|上映|首映|截稿|报名|入住|退房|出发|返回|抵达)[是为：:]?\s?$/;
const datedAfter =
  /^\s?(?:[（(]?(?:周|星期|礼拜)[一二三四五六日天]|号|日(?!元)|当[天日晚]|那[天日晚一]|之?前(?!半)|之?后|以前|以后|起|开[业始售学]|放假|截止|到期|到货|发货|入住|退房|出发|返[程回场]|抵达|晚上?|早上?|上午|下午|中午|凌晨|举[行办]|上[映线市架]|\d{1,2}[:：]\d\d|首[映发]|发售|生效|结束|开幕|至|到(?!底)|[-–—~～]\s?\d{1,2}\/\d{1,2}|还有|有活动|见)/;
const parted =
  /(?:占|概率|几率|可能性|约|只有|仅|了|各|剩|剩下|其中|大约|超过|不到|不足|近|加|减|乘|除以|等于|是|得|比例|分数|的|每|喝|吃|加入|倒|用|[=＝+×÷])\s?$/;
const wholes =
  /^\s?(?:的(?!日|时|活动)|杯|茶匙|汤匙|勺|匙|小勺|大勺|个(?!月)|人|左右|以上|以下|处|块|张|根|只|颗|片|英寸|寸|席|票|多|强|弱|(?:约|不)?等于|大于|小于|加上|减去?|乘以?|除以|化[成为]|通分|约分|写成|[=＝+×÷*])/;

/** The spoken form of a fraction: 三分之二; with a whole number, 一又二分之一. */
export const fractionName = (part: string, of: string, whole?: string): string =>
  `${whole === undefined ? "" : `${number(whole)}又`}${cardinal(of)
    .replace("两", "二")
    .replace(/^一(?=[百千万]$)/, "")}分之${cardinal(part).replace(/^两$/, "二")}`;

/** Rules for two numbers with a slash between them, such as fractions, dates and scores; rates have other rules. */
export const fractionRules: readonly Rule[] = [
  rule(
    "beats of a bar",
    digitStarts,
    /(?<![\d./])(\d{1,2})\/(\d{1,2})(?=\s?拍(?!卖|照|摄))/,
    ([, part = "", of = ""]) => fractionName(part, of),
  ),
  rule(
    "shots made out of attempts",
    digitStarts,
    /(?<![\d./-])(\d{1,2})[/-](\d{1,2})(?![\d/%-]|\.\d|的|\s?[次个分米])/,
    (match, place) => {
      const [, made = "", tried = ""] = match;
      const kind =
        /(?<![\d一二两三四五六七八九十])(?:[三两二]分球?|罚球|投篮|[23]分球?|(?<![A-Za-z])(?:FG|FT|[23]PT?|[23]-?pointers?|three-pointers?|free throws?))[是为：:]?\s?$/i.exec(
          before(place, 18),
        );
      if (kind === null || Number(made) > Number(tried)) return undefined;
      return `${day(tried)}${/罚|FT|free/i.test(kind[0]) ? "罚" : "投"}${day(made)}中`;
    },
  ),
  rule(
    "from one month and day to another, with slashes",
    digitStarts,
    /(?<![\d./-])(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])\s?[-–—~～]\s?(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])(?![\d/%]|\.\d)/,
    (match, place) => {
      const [, month = "", d = "", last = "", end = ""] = match;
      const fractions = Number(month) < Number(d) && Number(last) < Number(end) && Number(d) < 13 && Number(end) < 13;
      return wholes.test(after(match)) ||
        /[=＝+×÷*]\s?$/.test(before(place)) ||
        (fractions && parted.test(before(place)))
        ? undefined
        : `${day(month)}月${day(d)}日到${day(last)}月${day(end)}日`;
    },
  ),
  rule(
    "month and year in which a card expires",
    digitStarts,
    /(?<=(?:有效期|到期日?|[Ee]xp\.?|[Vv]alid|[Ee]xpiry|[Ee]xpires)[一-鿿a-z]{0,3}[：:]?\s?)(0[1-9]|1[0-2])\/(2[4-9]|[3-9]\d)(?![\d/])/,
    ([, month = "", year = ""], place) =>
      /卡|[Cc]ard|Visa|VISA|CVV|CVC|[Ee]xp/.test(before(place, 40)) ? `${digits(month)}斜杠${digits(year)}` : undefined,
  ),
  rule(
    "month and day with a slash",
    digitStarts,
    /(?<![\d./-])(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])(?![\d/%]|\.\d)(?:\s?(号(?![楼院线店机])|日(?!元)))?/,
    (match, place) => {
      const [, month = "", d = "", mark] = match;
      const head = before(place, 12);
      const tail = after(match);
      if (wholes.test(tail) || /[=＝+×÷*\d]\s?$/.test(head)) return undefined;
      const dated = datedAfter.test(tail) || datedBefore.test(head);
      const isPart = parted.test(head) && !/[今明昨]天是\s?$/.test(head);
      const same = Number(month) === Number(d) && Number(d) > 5;
      // The numerator of a fraction is smaller than its denominator: 2/5 is a fraction unless a word suggests a date,
      // but 12/5 is never a fraction.
      const likely =
        Number(d) > 12 ? !isPart : same || (Number(month) > Number(d) && Number(month) > 6 && !/^\s?分/.test(tail));
      return (dated && !isPart) ||
        mark !== undefined ||
        (dated && Number(d) > 12) ||
        (datedAfter.test(tail) && !/^\s?(?:后|前|到)/.test(tail)) ||
        likely ||
        (d === "1" && datedAfter.test(tail))
        ? `${day(month)}月${day(d)}${mark ?? "日"}`
        : undefined;
    },
  ),
  rule("fraction", digitStarts, /(?<![\d./])(?:(\d+)[\s又])?(\d+)\/(\d+)(?![\d/.])/, (match, place) => {
    const [, whole, part = "", of = ""] = match;
    // In a formula only a proper fraction is read as a fraction: 1/2+1/3, but not 6/2=3.
    const formula = /^\s?[=＝+×÷*-]/.test(after(match)) || /[=＝+×÷*]\s?$/.test(before(place));
    if (of === "1" && whole === undefined && Number(part) <= 12 && !formula) return `${day(part)}月一日`;
    if (Number(of) === 0 || (formula && Number(part) >= Number(of))) return undefined;
    // The two numbers are a blood pressure, or two adjacent counts, and not a fraction.
    if (Number(part) > Number(of) && Number(of) > 12) return undefined;
    if (part === of) return `${number(part)}比${number(of)}`;
    if (/^(?:19|20)\d\d$/.test(part) && Number(of) <= 12) return undefined;
    return fractionName(part, of, whole);
  }),
];
