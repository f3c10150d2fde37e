import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { beforeOf } from "../../patterns.ts";
import { telephoneGroup } from "../names.ts";
import { cardinal } from "../number.ts";
import { ordinal } from "../ordinal.ts";

const functions: Readonly<Record<string, string>> = {
  sin: "синус",
  cos: "косинус",
  tg: "тангенс",
  tan: "тангенс",
  ctg: "котангенс",
  log: "логарифм",
  lg: "десятичный логарифм",
  ln: "натуральный логарифм",
  lim: "предел",
};
const englishHours = "_ one two three four five six seven eight nine ten eleven twelve".split(" ");
const spelled = (digits: string): string => [...digits].map((digit) => cardinal(digit)).join(" ");
/** Says a group of digits in a name as one number, or digit by digit if the group begins with a zero. */
const figures = (digits: string): string => (/^0\d/.test(digits) ? spelled(digits) : cardinal(digits));
/**
 * Abbreviations of words such as "article", with their genitives, since the parts of a reference depend on each other:
 * "п. 3 ч. 2 ст. 15" is item 3 of part 2 of article 15.
 */
const ofParts: Readonly<Record<string, string>> = {
  п: "пункта",
  пп: "подпункта",
  ч: "части",
  ст: "статьи",
  гл: "главы",
};
/** Abbreviations before a range of numbers, with their plurals: nominative, genitive, dative, prepositional. */
const spans: Readonly<Record<string, string>> = {
  стр: "страницы страниц страницам страницах",
  с: "страницы страниц страницам страницах",
  гл: "главы глав главам главах",
  ст: "статьи статей статьям статьях",
  п: "пункты пунктов пунктам пунктах",
  пп: "пункты пунктов пунктам пунктах",
  рис: "рисунки рисунков рисункам рисунках",
  табл: "таблицы таблиц таблицам таблицах",
  кв: "квартиры квартир квартирам квартирах",
  упр: "упражнения упражнений упражнениям упражнениях",
  разд: "разделы разделов разделам разделах",
  каб: "кабинеты кабинетов кабинетам кабинетах",
  "§": "параграфы параграфов параграфам параграфах",
};
const spanCases = [
  /(?:^|[\s(])(?:из|до|от|с|со|у|для|около|после|кроме|вместо)\s$/iu,
  /(?:^|[\s(])(?:по|к|ко|согласно)\s$/iu,
  /(?:^|[\s(])(?:на|во?|о|об|при)\s$/iu,
];

/** Rules for telephone numbers, numbers of laws and forms, mathematical functions, and arrows. */
export const nameRules: readonly Rule[] = [
  rule(
    "telephone number with its prefix and area code",
    digitStarts,
    /(?<![\d.,])\d[\s-]?(?:\(\d{3,4}\)|\d{3})[\s-]?\d{2,3}(?:[\s-]\d{2}){2}(?!\d)|(?<![\d.,+][\s-]?)\d{3}(?:-\d{2}){2}(?!\d|-\d)/,
    ([text]) => (text.match(/\d+/g) ?? []).map((group) => telephoneGroup(group) ?? spelled(group)).join(", "),
  ),
  rule(
    "telephone number without spaces or hyphens",
    "+8",
    /\+7\d{10}(?!\d)|(?<=(?:тел(?:ефон\p{Ll}*|\.)?|номер\p{Ll}*|звон\p{Ll}*|набер\p{Ll}*)(?:\s\p{Ll}+){0,2}:?\s)8[3489]\d{9}(?!\d)/iu,
    ([text]) =>
      `${text.startsWith("+") ? "плюс " : ""}${text
        .replace("+", "")
        .replace(/(.)(...)(...)(..)(..)/, "$1 $2 $3 $4 $5")
        .split(" ")
        .map((group) => telephoneGroup(group) ?? spelled(group))
        .join(", ")}`,
  ),
  rule("single digits with hyphens between", digitStarts, /(?<![\d.,-])\d(?:-\d){2,4}(?![\d-]|[.,]\d)/, ([text]) =>
    spelled(text.replaceAll("-", "")),
  ),
  rule(
    "minute of a match",
    digitStarts,
    /(?<=(?:гол|мяч|забил|отличил|счёт|заме|удал|пенальти|карточ)[^.!?\d]{0,40}\sна\s)(\d{1,3})\s?['’′](?!\p{L})/iu,
    ([, minute = ""]) => `${ordinal(minute, "feminineOblique")} минуте`,
  ),
  rule(
    "hour in an English phrase, such as half past 5",
    digitStarts,
    /(?<![\d.,:])(?:(?<=(?:half|quarter|minutes)\s(?:past|to)\s)(?:1[0-2]|[1-9])(?![\d:]|[.,]\d)|(?:1[0-2]|[1-9])(?=\so['’]clock))/iu,
    ([hour]) => englishHours[Number(hour)],
  ),
  rule(
    "number of a law or form",
    digitStarts,
    /(?<![\d.,])(\d{1,4})\s?-\s?(?=\p{Lu}{2,5}(?!\p{L}))/u,
    ([, n = ""]) => `${cardinal(n)} `,
  ),
  rule(
    "number with a slash or hyphen after №",
    digitStarts,
    /(?<=№\s?)(\d{1,4})[-/](\d{1,3})(?![\d-]|[.,]\d)/u,
    ([text, first = "", second = ""]) =>
      `${cardinal(first)} ${text.includes("/") ? "дробь" : "дефис"} ${cardinal(second)}`,
  ),
  rule(
    "part of a part",
    digitStarts,
    /(?<=(?:^|[\s(])(?:пп?|ч|ст|гл|абз)\.\s?)(\d[\d.]*)\s(пп?|ч|ст|гл)\.\s?(?=\d)/u,
    ([, number = "", short = ""]) =>
      `${number
        .split(".")
        .map((one) => cardinal(one))
        .join(" точка ")} ${ofParts[short]} `,
  ),
  rule(
    "number of a standard",
    digitStarts,
    /(?<=(?:ГОСТ|СНиП|СанПиН|СП|ТУ|ISO|ИСО|DIN|МЭК)(?:\sР)?\s)\d+(?:[.-]\d+)*(?![\d]|[.,]\d)/u,
    ([text]) =>
      text
        .split("-")
        .map((part) => part.split(".").map(figures).join(" точка "))
        .join(" "),
  ),
  rule(
    "model number of an aircraft",
    digitStarts,
    /(?<=[A-Z]\p{L}+\s)([1-9]\d{2})-([1-9]\d{2})(?![\d-]|[.,]\d)/u,
    ([, first = "", second = ""]) => `${cardinal(first)} ${cardinal(second)}`,
  ),
  rule(
    "abbreviation before several numbers",
    "сгпртку§",
    /(?<!\p{L})(?:(стр|с|гл|ст|пп?|рис|табл|кв|упр|разд|каб)\.|§§?)\s?(?=\d{1,4}(?:\s?[-–—]\s?\d|(?:,\s\d{1,4})*\s(?:и|или)\s\d{1,4}(?![\d]|[.,]\d|\s(?:рисун|таблиц|страниц|глав|задани|раз|слов|час|минут|дн|упражнени|пункт|вопрос))))/u,
    ([, written = "§"], { text, index }) => {
      const before = beforeOf(text, index);
      const at = spanCases.findIndex((cue) => cue.test(before)) + 1;
      return `${spans[written]?.split(" ")[at]} `;
    },
  ),
  rule(
    "function",
    "sctl",
    /(?<!\p{L})(sin|cos|tg|tan|ctg|log|lg|ln|lim)(?=[\s(²⁻]?\s?[\p{L}\d(√₀-₉²])(?!\p{Ll}\p{Ll})/u,
    ([, name = ""], { text }) => (/[=°πα-ω\d]/u.test(text) ? `${functions[name]}` : undefined),
  ),
  rule("arrow", "→⇒➜", /\s?[→⇒➜]\s?/, (match) => {
    const isReaction =
      /[₀-₉A-Z\d)⁺⁻]\s?$/.test(beforeOf(match.input, match.index)) &&
      /^.{0,3}[A-Z]/.test(match.input.slice(match.index + match[0].length)) &&
      /[₀-₉+]/.test(match.input);
    return isReaction ? " даёт " : ", ";
  }),
  rule(
    "last digits",
    digitStarts,
    /(?<=(?:карт|счёт|счет|номер|телефон)\p{Ll}*\s?(?:\.{2,3}|…)\s?)\d{3,4}(?!\d|[.,]\d)/u,
    ([text]) => spelled(text),
  ),
  rule("path of a menu", ">", /(?<=[\p{L}»"*]\s)>(?=\s[«"*\p{Lu}])/u, ({ input }) =>
    /настройк|меню|откр|выбер|перейд|нажм|зайд|вклад|раздел/iu.test(input) ? "," : undefined,
  ),
  rule("and above", "+", /(?<=\d)\+(?=[\s.,;:!?)»”"*]|$)(?!\s?[\d(])/u, (match) =>
    /(?:Python|Node(?:\.js)?|Android|iOS|Windows|macOS|Java|верси\p{Ll}+|Chrome|Firefox|PHP|Ubuntu)\s[\d.]+$/iu.test(
      beforeOf(match.input, match.index),
    )
      ? " и выше"
      : " плюс",
  ),
];
