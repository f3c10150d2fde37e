import { russian as abbreviations } from "../../../abbreviations/ru.ts";
import { digitStarts, rule } from "../../rule.ts";
import type { Agreement } from "../western/number.ts";
import type { Figure, Tongue } from "../western/tongue.ts";
import { caseOf, manyInCase } from "./cases.ts";
import { address } from "./names.ts";
import { cardinal, formWith, type OrdinalForm, ordinal } from "./number.ts";
import { hourInGenitive, ownRules } from "./own.ts";
import { currencies, units } from "./words.ts";
import { yearForm, years } from "./years.ts";

const digits = "ноль один два три четыре пять шесть семь восемь девять".split(" ");
const months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");

const last = (whole: string): number => Number(whole.slice(-4));
/** The gender of the noun after a number, in the form that it has there: 1 книга, 2 книги, 2 часа. */
function genderAfter(noun: string, whole: string): Agreement["gender"] {
  const form = formWith(last(whole));
  if (form === 0)
    return /(?:[ая]|сть|чь|шь|жь|знь|вь|ночь|дверь|тетрадь|площадь|мышь|кровать)$/u.test(noun)
      ? "f"
      : /[оеё]$/u.test(noun)
        ? "n"
        : "m";
  // 2 and its kin stand with the genitive: minutes end in ы and и, hours in а and я.
  return /[ыи]$/u.test(noun) && !/^(?:дни|пути)$/u.test(noun) ? "f" : "m";
}

const denominators: Readonly<Record<number, readonly [string, string]>> = {
  1: ["десятая", "десятых"],
  2: ["сотая", "сотых"],
  3: ["тысячная", "тысячных"],
};

function decimal({ whole, part = "", point }: Figure, { grammaticalCase }: Agreement): string {
  const names = denominators[part.length];
  if (names === undefined || point === ".") {
    const zeros = /^0*/.exec(part)?.[0].length ?? 0;
    const rest = part.slice(zeros);
    const spelled =
      part.length > 3
        ? [...part].map((c) => digits[Number(c)]).join(" ")
        : [..."0".repeat(zeros)]
            .map(() => "ноль")
            .concat(rest === "" ? [] : cardinal(rest))
            .join(" ");
    return names === undefined ? `${cardinal(whole)} и ${spelled}` : `${cardinal(whole)} точка ${spelled}`;
  }
  const wholes = formWith(last(whole)) === 0 ? "целая" : "целых";
  const parts = formWith(Number(part)) === 0 ? names[0] : names[1];
  if (grammaticalCase === "genitive")
    return `${cardinal(whole, { gender: "f", grammaticalCase })} ${wholes === "целая" ? "целой" : wholes} ${cardinal(part, { gender: "f", grammaticalCase })} ${parts === names[0] ? names[0].replace("ая", "ой") : parts}`;
  return `${cardinal(whole, { gender: "f" })} ${wholes} ${cardinal(part, { gender: "f" })} ${parts}`;
}

/** Russian. */
export const russian: Tongue = {
  own: [
    ...ownRules,
    rule(
      "year with its short word",
      digitStarts,
      /(?<![\d.,])(\d{4})\s?г\.(?!\p{L})/u,
      ([text, digits = ""], place) => {
        const before = place.text.slice(Math.max(0, place.index - 40), place.index);
        const form = yearForm(" г.", before);
        const ends = /^\s*$/.test(place.text.slice(place.index + text.length));
        return `${ordinal(digits, form)} ${years[form] ?? "года"}${ends ? "." : ""}`;
      },
    ),
  ],
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
    and: "и",
    of: "",
    outOf: "из",
  },
  units,
  currencies,
  price: (coins, parts, part) => `${coins} ${parts} ${part}`,
  per: ({ forms }, written) =>
    written === "с" || written === "s"
      ? "в секунду"
      : written === "мин" || written === "min"
        ? "в минуту"
        : written.startsWith("нед")
          ? "в неделю"
          : /^(?:ч|h|час|сут|мес|дн)/.test(written)
            ? `в ${forms[0]}`
            : `на ${forms[0]}`,
  form({ whole, part }, { forms }, { grammaticalCase }) {
    if (part !== undefined) return forms[1] ?? "";
    const form = formWith(last(whole));
    if (grammaticalCase === "genitive") return (form === 0 ? forms[1] : forms[2]) ?? "";
    if (grammaticalCase === "dative" || grammaticalCase === "instrumental" || grammaticalCase === "prepositional")
      return form === 0 && whole === "1" ? (forms[1] ?? "") : manyInCase(forms[0] ?? "", grammaticalCase);
    return forms[form] ?? "";
  },
  agree({ whole, part }, { before, after }) {
    if (part !== undefined) return caseOf(before, undefined, "") === "genitive" ? { grammaticalCase: "genitive" } : {};
    const noun = /^\s(?:\p{Ll}+(?:ых|их|ая|ый|ий|ое)\s)?(\p{Ll}{2,})/u.exec(after)?.[1];
    const grammaticalCase = caseOf(before, noun, whole);
    if (
      grammaticalCase === undefined &&
      /1$/.test(whole) &&
      !/11$/.test(whole) &&
      noun !== undefined &&
      /[ую]$/u.test(noun)
    )
      return { gender: "f", grammaticalCase: "accusative" };
    const needsGender = noun !== undefined && /[12]$/.test(whole) && !/1[12]$/.test(whole);
    const isAccusative = /(?:^|\s)(?:через|на|за|в|во|о)\s$/iu.test(before);
    const gender =
      needsGender && noun !== undefined && !/^(?:и|или|в|на|из|по|это|есть)$/u.test(noun)
        ? grammaticalCase === "dative" && /(?:^|\s)по\s$/iu.test(before)
          ? /е$|и$/u.test(noun)
            ? "f"
            : "m"
          : genderAfter(/у$/u.test(noun) && isAccusative ? noun.replace(/у$/u, "а") : noun, whole)
        : undefined;
    return {
      gender,
      grammaticalCase:
        grammaticalCase ?? (isAccusative && gender === "f" && /1$/.test(whole) ? "accusative" : undefined),
    };
  },
  range(from, to, { before, after }) {
    // 2–3 зубчика: the noun agrees with the last number alone.
    if (
      /^\s(?!(?:для|или|если|почти|когда|сегодня)(?!\p{L}))\p{Ll}{2,}[аяыи](?!\p{L})/u.test(after) &&
      caseOf(before, undefined, "") === undefined
    )
      return `${from({})} — ${to({})}`;
    const wanted = { grammaticalCase: "genitive" } as const;
    if (/(?:^|\s)(?:от|с|со)\s$/iu.test(before)) return `${from(wanted)} до ${to(wanted)}`;
    // After a preposition the two stand side by side: через три — пять дней.
    const cued = caseOf(before, undefined, "");
    if (cued === "genitive") return `${from(wanted)} — ${to(wanted)}`;
    if (cued !== undefined) return `${from({ grammaticalCase: cued })} — ${to({ grammaticalCase: cued })}`;
    if (/(?:^|\s)(?:через|за|на|по|в)\s$/iu.test(before)) return `${from({})} — ${to({})}`;
    return `от ${from(wanted)} до ${to(wanted)}`;
  },
  months,
  shortMonths: ["янв", "фев", "апр", "авг", "сен", "сент", "окт", "ноя", "дек"],
  dayOfMonth: (day, { before }) =>
    ordinal(
      day,
      /(?:^|\s)(?:на|по)\s$/iu.test(before) ? "neuter" : /(?:^|\s)к\s$/iu.test(before) ? "dative" : "genitive",
    ),
  daysOfMonth: (from, to, { before }) =>
    `${/(?:^|\s)со?\s$/iu.test(before) ? "" : "с "}${ordinal(from, "genitive")} по ${ordinal(to, "neuter")}`,
  date(day, month, year, { after }) {
    const named =
      year === undefined ? "" : ` ${ordinal(year, "genitive")}${/^\s?г(?:од|\.)/u.test(after) ? "" : " года"}`;
    return `${ordinal(day, "genitive")} ${months[month - 1]}${named}`;
  },
  year(written, { before, after }) {
    if (/^\s(?:год(?:у|а|ов|ах|ы)?|г\.)(?!\p{L})/u.test(after)) return ordinal(written, yearForm(after, before));
    return before === "#month " ? ordinal(written, "genitive") : undefined;
  },
  time({ hour, minute, second, ofSpan }, { before }) {
    const grammaticalCase = ofSpan ? "genitive" : caseOf(before, undefined, "");
    if (second === undefined && minute !== undefined && grammaticalCase === "genitive")
      return hourInGenitive(hour, minute);
    if (minute === "00" && grammaticalCase === "dative") return cardinal(hour, { gender: "m", grammaticalCase });
    const said = cardinal(hour, { gender: "m", grammaticalCase });
    const two = (figures: string): string =>
      figures === "00" ? "ноль ноль" : figures.startsWith("0") ? `ноль ${cardinal(figures)}` : cardinal(figures);
    return [said, two(minute ?? "00"), second === undefined ? "" : two(second)].join(" ").trim();
  },
  timeRange: (from, to, { before }) => (/(?:^|\s)[сС]\s$/u.test(before) ? `${from} до ${to}` : `с ${from} до ${to}`),
  hourMarks: "ч\\.?",
  clockMarks: /^$/,
  dateCues: /(?:^|\s)(?:до|с|по|на|к|от|срок|дата:)\s$/iu,
  ordinalMarks: /-?(?:й|го|му|м|я|ю|ую|е|ый|ий|ая|ое|ой|х|ых)(?!\p{L})/u,
  ordinal(written, mark, { after }) {
    const ending = mark.replace("-", "");
    const noun = /^\s(\p{Ll}+)/u.exec(after)?.[1] ?? "";
    // 90-й минуте, 5-й страницы: the noun tells a feminine from 3-й раз.
    const form: OrdinalForm | undefined = /^(?:й|ый|ий)$/.test(ending)
      ? ending === "й" && /(?:[еыи]|ой|ей)$/u.test(noun)
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
    if (caseOf(before, undefined, "") === "genitive") return "половины";
    return /(?:^|\s)(?:через|на|за|в|нужно|надо|\p{Ll}+(?:л|ла|ли|ть|те|ет|ит|ём|им))\s$/iu.test(before)
      ? "половину"
      : "половина";
  },
  withHalf: (whole, noun) => `${whole} с половиной${noun === undefined ? "" : ` ${noun}`}`,
  fraction(above, below, { before }) {
    if (caseOf(before, undefined, "") === "genitive" && below !== "2")
      return `${cardinal(above, { gender: "f", grammaticalCase: "genitive" })} ${ordinal(below, formWith(Number(above)) === 0 ? "feminineOblique" : "pluralGenitive")}`;
    if (below === "2") return above === "1" ? "одна вторая" : `${cardinal(above, { gender: "f" })} вторых`;
    const isOne = formWith(Number(above)) === 0;
    if (below === "3" && isOne) return "одна треть";
    if (below === "4" && isOne) return "одна четверть";
    return `${cardinal(above, { gender: "f" })} ${ordinal(below, isOne ? "feminine" : "pluralGenitive")}`;
  },
  ratio: (right, near) =>
    /\d\s?:\s?\d/.test(near) || /соотнош|пропорц|масштаб/iu.test(near)
      ? cardinal(right, { grammaticalCase: "dative" })
      : undefined,
  outOfCues: /(?:оценка|балл|рейтинг)[^.!?]{0,12}$/iu,
  negativePower: (exponent) => `в минус ${ordinal(exponent, "feminineOblique")} степени`,
  power: (exponent) =>
    exponent === "2" ? "в квадрате" : exponent === "3" ? "в кубе" : `в ${ordinal(exponent, "feminineOblique")} степени`,
  codeCues:
    /(?:тел(?:ефон\p{L}*|\.)?|номер\p{L}*|код\p{L}*|звоните|позвоните|набер\p{L}*|пин\p{L}*|заказ\p{L}*|рейс\p{L}*|карт[аеуы]\p{L}*|пароль|оканчива\p{L}* на|индекс|договор\p{L}*|счёт\p{L}*|квитанц\p{L}*)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  versionCues: /(?:версия|версии|версию|v\.?|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java)\s?$/i,
  scoreCues: /(?:счёт|счет|выигр|победил|проигр|обыгр|матч|ничь|гол)/iu,
};
