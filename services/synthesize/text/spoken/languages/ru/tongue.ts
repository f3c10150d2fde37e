import { russian as abbreviations } from "../../../abbreviations/ru.ts";
import type { Tongue } from "../western/tongue.ts";
import { agree, range } from "./agreement.ts";
import { dayForm, months, time, yearForm } from "./calendar.ts";
import { caseOf } from "./cases.ts";
import { accusativeOf, countedForm } from "./counted.ts";
import { decimal, fraction, isMetre } from "./fraction.ts";
import { address, telephoneGroup } from "./names.ts";
import { cardinal } from "./number.ts";
import { type OrdinalForm, ordinal } from "./ordinal.ts";
import { ownRules } from "./own.ts";
import { currencies, units } from "./words.ts";

const digits = "ноль один два три четыре пять шесть семь восемь девять".split(" ");

const scores =
  /(?:счёт|счет|выигр|вед[ёеу]т|победил|побежда|уступ|забил|проигр|обыгр|матч|ничь|гол|сет|гейм|тай-брейк|тайм)/iu;

/** How Russian says numbers, dates, amounts and the like. */
export const russian: Tongue = {
  own: ownRules,
  abbreviations: abbreviations.said,
  address,
  greek:
    "альфа бета гамма дельта эпсилон дзета эта тета йота каппа лямбда мю ню кси омикрон пи ро сигма сигма тау ипсилон фи хи пси омега".split(
      " ",
    ),
  cardinal,
  decimal,
  digits,
  readsPairs: true,
  telephoneGroup,
  telephoneCues: /(?:тел(?:ефон\p{L}*|\.)?|звоните|набер\p{L}*)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  signs: {
    "-": "минус",
    "+": "плюс",
    "±": "плюс-минус",
    "=": "равно",
    "≠": "не равно",
    "≈": "примерно",
    "≤": "меньше или равно",
    "≥": "больше или равно",
    "<": "меньше",
    ">": "больше",
    "×": "умножить на",
    "÷": "разделить на",
    "√": "корень из",
    "%": "процентов",
    "‰": "промилле",
    "°": "градусов",
    "℃": "градусов Цельсия",
    "℉": "градусов Фаренгейта",
    "№": "номер",
    "§": "параграф",
    "&": "и",
    "@": "собака",
    "€": "евро",
    $: "долларов",
    "£": "фунтов",
    "¥": "юаней",
    "∞": "бесконечность",
    ".": "точка",
    ":": "",
    ratio: "к",
    by: "на",
    diameter: "диаметр",
    and: "и",
    of: "",
    outOf: "из",
  },
  units,
  currencies,
  price: (coins, parts, part) => `${coins} ${parts} ${part}`,
  per: (noun) => {
    const one = noun.forms[0] === "человек" ? "человека" : accusativeOf(noun);
    return /^(?:секунд|минут|час|день|сут|недел|месяц|год)/u.test(one) ? `в ${one}` : `на ${one}`;
  },
  form: (figure, noun, { grammaticalCase }) => countedForm(figure, noun, grammaticalCase),
  agree,
  range,
  months,
  shortMonths: ["янв", "фев", "апр", "авг", "сен", "сент", "окт", "ноя", "дек"],
  dayOfMonth: (day, around) => ordinal(day, dayForm(around)),
  daysOfMonth: (from, to, { before }) =>
    `${/(?:^|\s)со?\s$/iu.test(before) ? "" : "с "}${ordinal(from, "genitive")} по ${ordinal(to, "neuter")}`,
  date(day, month, year, around) {
    const named =
      year === undefined ? "" : ` ${ordinal(year, "genitive")}${/^\s?г(?:од|\.)/u.test(around.after) ? "" : " года"}`;
    return `${ordinal(day, dayForm(around))} ${months[month - 1]}${named}`;
  },
  year(written, { before, after }) {
    if (/^\s(?:год(?:у|а|ов|ах|ы)?|г\.)(?!\p{L})/u.test(after)) return ordinal(written, yearForm(after, before));
    return before === "#month " ? ordinal(written, "genitive") : undefined;
  },
  time,
  timeRange: (from, to, { before }) => (/(?:^|\s)[сС]\s$/u.test(before) ? `${from} до ${to}` : `с ${from} до ${to}`),
  hourMarks: "ч\\.?",
  clockMarks: /^$/,
  timeCues: /(?:^|\s)(?:в|во|к|до|с|после|начало|начал[ао]\sв)\s$/iu,
  dateCues: /(?:^|\s)(?:до|с|по|на|к|от|срок|дата:)\s$/iu,
  ordinalMarks: /-?(?:й|го|му|м|я|ю|ую|е|ый|ий|ая|ое|ой|х|ых)(?!\p{L})/u,
  ordinal(written, mark, { before, after }) {
    const ending = mark.replace("-", "");
    // In a list such as "12-й, 45-й и 78-й минутах" the noun follows the last number.
    const noun = /^(?:(?:,|\sи|\sили)\s\d{1,4}-\p{Ll}{1,2})*\s(\p{Ll}+)/u.exec(after)?.[1] ?? "";
    // The noun shows whether "-й" is feminine, as in "90-й минуте" and "5-й страницы", or masculine, as in "3-й раз".
    const form: OrdinalForm | undefined = /^(?:й|ый|ий)$/.test(ending)
      ? (ending === "й" && /(?:[еыи]|ой|ей|ах|ях|ам|ям)$/u.test(noun)) ||
        (ending === "й" && /^\s(?:мин|стр|гр|гл|пал|четв)(?:\.|(?!\p{L}))/u.test(after)) ||
        (ending === "й" && /^(?:,|\sи\s\d)/u.test(after) && /(?:^|\s)(?:на|в|во|с|до|от|к)\s$/iu.test(before))
        ? "feminineOblique"
        : "nominative"
      : /^(?:ю|ую)$/.test(ending)
        ? "feminineAccusative"
        : ending === "го"
          ? "genitive"
          : ending === "му"
            ? "dative"
            : ending === "м"
              ? "prepositional"
              : /^(?:я|ая)$/.test(ending)
                ? "feminine"
                : /^(?:ой)$/.test(ending)
                  ? "feminineOblique"
                  : /^(?:е|ое)$/.test(ending)
                    ? "neuter"
                    : /^(?:х|ых)$/.test(ending)
                      ? "pluralGenitive"
                      : undefined;
    if (form === "neuter" && /0$/.test(written) && written.length > 1) return ordinal(written, "plural");
    return form === undefined ? undefined : ordinal(written, form);
  },
  halfOf({ before, after }) {
    if (!/^\s\p{Ll}{2,}/u.test(after)) return undefined;
    const grammaticalCase = caseOf({ before, after }, undefined, "5");
    if (grammaticalCase === "genitive" || grammaticalCase === "prepositional") return "половины";
    return grammaticalCase === "accusative" || /(?:^|\s)(?:нужно|надо|по|\p{Ll}+(?:л|ла|ли|ет|ит))\s$/iu.test(before)
      ? "половину"
      : "половина";
  },
  withHalf: (whole, noun) =>
    `${/^одн?и?[нао]?$/u.test(whole) ? (/[ыи]$/u.test(noun ?? "") ? "полторы" : "полтора") : `${whole} с половиной`}${noun === undefined ? "" : ` ${noun}`}`,
  fraction: (above, below, { before, after }) =>
    fraction(
      above,
      below,
      isMetre(above, below, before, after) ? undefined : caseOf({ before, after }, undefined, "5"),
    ),
  ratio: (right, near) =>
    !scores.test(near) && (/\d\s?:\s?\d/.test(near) || /соотнош|пропорц|масштаб/iu.test(near))
      ? cardinal(right, { grammaticalCase: "dative" })
      : undefined,
  outOfCues: /(?:оценка|балл|рейтинг)[^.!?]{0,12}$/iu,
  negativePower: (exponent) => `в минус ${ordinal(exponent, "feminineOblique")} степени`,
  power: (exponent) =>
    exponent === "2" ? "в квадрате" : exponent === "3" ? "в кубе" : `в ${ordinal(exponent, "feminineOblique")} степени`,
  codeCues:
    /(?:(?:тел(?:ефон\p{L}*|\.)?|номер\p{L}*|код\p{L}*|звоните|позвоните|набер\p{L}*|пин\p{L}*|заказ\p{L}*|рейс\p{L}*|карт[аеуы]\p{L}*|парол\p{L}+|оканчива\p{L}* на|договор\p{L}*|счёт\p{L}*|квитанц\p{L}*)(?:\s[\p{L}'’]+){0,4}|индекс|отделени[еия]|ИНН|КПП|БИК|ОГРН|ОГРНИП|СНИЛС|ОКПО|ОКТМО|КБК|р\/с|к\/с|артикул\p{L}*|трек\p{L}*|серии?)(?:[^\p{L}\d.!?]{0,5}|\s?(?:\.{2,3}|…)\s?)$/iu,
  versionCues:
    /(?:верси[яиюей]|выпуск\p{L}*|релиз\p{L}*|прошивк\p{L}+|обновлени\p{L}+|v\.?|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java)\s?$/iu,
  scoreCues: scores,
};
