import { romanValue } from "../../amounts/roman.ts";
import { digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, beforeOf } from "../patterns.ts";
import { cardinal, formWith, type OrdinalForm, ordinal } from "./number.ts";

const arabic = (roman: string): string | undefined => {
  const value = romanValue(roman.replaceAll("Х", "X").replaceAll("І", "I"));
  return value === undefined ? undefined : String(value);
};
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const queens = /^(?:Екатерин|Елизавет|Анн|Мари|Виктори|Клеопатр|Изабелл|Маргарит|Кристин)/u;

/** The form of a ruler's number by the ending of the name: Петра I, при Николае II. */
function rulerForm(name: string): OrdinalForm {
  if (queens.test(name))
    return /[ая]$/u.test(name) ? "feminine" : /[ую]$/u.test(name) ? "feminineAccusative" : "feminineOblique";
  if (/[ая]$/u.test(name)) return "genitive";
  if (/[ую]$/u.test(name)) return "dative";
  if (/(?:ом|ем|ём)$/u.test(name)) return "instrumental";
  return /е$/u.test(name) ? "prepositional" : "nominative";
}

const masculine: readonly (readonly [RegExp, OrdinalForm])[] = [
  [/(?:ах|ов)$/u, "pluralGenitive"],
  [/(?:ом|ем)$/u, "instrumental"],
  [/[ая]$/u, "genitive"],
  [/у$/u, "dative"],
  [/е$/u, "prepositional"],
];
const counted = "век|квартал|тур|этап|съезд|класс|том|раздел";
const formOf = (noun: string): OrdinalForm => masculine.find(([ending]) => ending.test(noun))?.[1] ?? "nominative";

const days: Readonly<Record<string, readonly [nominative: string, genitive: string, accusative: string]>> = {
  пн: ["понедельник", "понедельника", "понедельник"],
  вт: ["вторник", "вторника", "вторник"],
  ср: ["среда", "среды", "среду"],
  чт: ["четверг", "четверга", "четверг"],
  пт: ["пятница", "пятницы", "пятницу"],
  сб: ["суббота", "субботы", "субботу"],
  вс: ["воскресенье", "воскресенья", "воскресенье"],
};
const dayNames = Object.keys(days).join("|");
const dayOf = (written: string) => days[written.toLowerCase()];

/** An hour and its minutes after "from" or "until"; full hours without them. */
export function hourInGenitive(hour: string, minute: string): string {
  const said = cardinal(hour, { gender: "m", grammaticalCase: "genitive" });
  if (minute === "00") return said;
  return `${said} ${minute.startsWith("0") ? `ноль ${cardinal(minute, { grammaticalCase: "genitive" })}` : cardinal(minute, { grammaticalCase: "genitive" })}`;
}

const heads: Readonly<Record<string, string>> = { "1": "одно", "90": "девяносто", "100": "сто", "1000": "тысяче" };

const months = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря";
/** Short words whose case shows: genitive, dative, prepositional, accusative. */
const declined: Readonly<Record<string, string>> = {
  ул: "улицы улице улице улицу",
  г: "города городу городе город",
  ст: "статьи статье статье статью",
  п: "пункта пункту пункте пункт",
  тел: "телефона телефону телефоне телефон",
  стр: "страницы странице странице страницу",
  рис: "рисунка рисунку рисунке рисунок",
  табл: "таблицы таблице таблице таблицу",
  гл: "главы главе главе главу",
  кв: "квартиры квартире квартире квартиру",
  каб: "кабинета кабинету кабинете кабинет",
  ауд: "аудитории аудитории аудитории аудиторию",
  корп: "корпуса корпусу корпусе корпус",
  пл: "площади площади площади площадь",
};
const caseCues = [
  /(?:^|\s)(?:из|до|от|с|со|у|для|около|после|возле|против|нарушение)\s$/iu,
  /(?:^|\s)(?:по|к|согласно|благодаря)\s$/iu,
  /(?:^|\s)(?:в|во|на|при|о|об)\s$/iu,
];

/** After a word of motion "на" and "в" say whither. */
const whither =
  /(?:^|\s)(?:поверн|сверн|поворач|свора|выйд|выход|выезж|съезж|въезж|въед|заед|поезж|поед|пойд|ид[иёу]|перей|перех|переезж|переед|отправ|направ|зайд|заход|вернит|верну)\p{Ll}*\s(?:\p{Ll}+\s){0,2}(?:на|во?)\s$/iu;

/** What only Russian writes. */
export const ownRules: readonly Rule[] = [
  rule(
    "number of a century",
    "IVXLХІ",
    new RegExp(
      `(?<!\\p{L})([IVXLХІ]+)(?:\\s?[-–—]\\s?([IVXLХІ]+))?\\s?((?:${counted})\\p{Ll}{0,3}|вв?\\.)(?!\\p{L})`,
      "u",
    ),
    (match) => {
      const [text, first = "", second, noun = ""] = match;
      const isIn = /(?:^|\s)[вВ]о?\s$/u.test(beforeOf(match.input, match.index));
      const values = [first, second ?? ""].filter((one) => one !== "").map(arabic);
      const said = noun === "в." ? (isIn ? "веке" : "века") : noun === "вв." ? (isIn ? "веках" : "веков") : noun;
      const own = formOf(said);
      const form: OrdinalForm = own !== "pluralGenitive" ? own : isIn ? "prepositional" : "genitive";
      if (values.some((value) => value === undefined)) return undefined;
      const stop = text.endsWith(".") && /^\s*$/.test(match.input.slice(match.index + text.length)) ? "." : "";
      return `${values.map((value) => ordinal(value ?? "", form)).join(" — ")} ${said}${stop}`;
    },
  ),
  rule("number of a ruler", "IVXХІ", /(?<=(?:^|[^\p{L}])(\p{Lu}\p{Ll}{2,})\s)([IVXХІ]+)(?![\p{L}\d])/u, (match) => {
    const [, name = "", roman = ""] = match;
    const value = arabic(roman);
    if (value === undefined || /^(?:Глава|Часть|Том|Раздел|Этап|Тип|Группа)$/u.test(name)) return undefined;
    if (new RegExp(`^\\s(?:${counted})`, "u").test(afterOf(match.input, match.index + roman.length))) return undefined;
    return capital(ordinal(value, rulerForm(name)));
  }),
  rule(
    "span of years",
    digitStarts,
    /(?<![\d.,])(\d{4})\s?[-–—]\s?(\d{4})\s?(гг\.|год(?:ы|ов|ах))(?!\p{L})/u,
    (match) => {
      const [, from = "", to = "", noun = ""] = match;
      const isIn = /(?:^|\s)[вВ]\s$/u.test(beforeOf(match.input, match.index));
      const said = noun === "гг." ? (isIn ? "годах" : "годов") : noun;
      const form: OrdinalForm = said === "годах" ? "prepositional" : said === "годы" ? "nominative" : "genitive";
      return `${ordinal(from, form)} — ${ordinal(to, form)} ${said}`;
    },
  ),
  rule("year from which", digitStarts, /(?<=(?:^|\s)[сС]\s)(\d{4})(?=\sпо\s\d{4})/u, ([, year = ""]) =>
    ordinal(year, "genitive"),
  ),
  rule(
    "hours of opening",
    digitStarts,
    /(?<![\d.,:])(\d{1,2}):([0-5]\d)\s?[-–—~]\s?(\d{1,2}):([0-5]\d)(?![\d:])/,
    (match) => {
      const [, h1 = "", m1 = "", h2 = "", m2 = ""] = match;
      const lead = /(?:^|\s)[сС]\s$/u.test(beforeOf(match.input, match.index)) ? "" : "с ";
      return `${lead}${hourInGenitive(h1, m1)} до ${hourInGenitive(h2, m2)}`;
    },
  ),
  rule(
    "days of a span",
    "пвсчПВСЧ",
    new RegExp(`(?<!\\p{L})(${dayNames})\\.?\\s?[-–—]\\s?(${dayNames})(?!\\p{L})\\.?`, "iu"),
    ([, from = "", to = ""]) => `с ${dayOf(from)?.[1]} по ${dayOf(to)?.[2]}`,
  ),
  rule(
    "short day",
    "пвсчПВСЧ",
    new RegExp(`(?<!\\p{L})(${dayNames})(?!\\p{L})\\.?`, "iu"),
    ([, day = ""], { text, index }) =>
      /(?:^|\s)(?:в|во|на|по)\s$/iu.test(beforeOf(text, index)) ? dayOf(day)?.[2] : dayOf(day)?.[0],
  ),
  rule(
    "number at the head of a word",
    digitStarts,
    /(?<![\d.,])(\d{1,4})-(?=(?:комнатн|летн|дневн|часов|этажн|местн|кратн|процентн|звёздочн|минутн|значн|разов|месячн|недельн|километров|метров))(\p{Ll}+)/u,
    ([, n = "", word = ""]) =>
      (heads[n] ??
        cardinal(n, { grammaticalCase: "genitive" })
          .replaceAll(" ", "")
          .replace(/одного$/u, "одно")) + word,
  ),
  rule("spoons", digitStarts, /(?<![\d.,])(\d{1,3})(\s)(ст|ч)\.\s?л\.(?!\p{L})/u, ([, n = "", , kind]) => {
    const form = formWith(Number(n));
    const big = ["столовая ложка", "столовые ложки", "столовых ложек"];
    const small = ["чайная ложка", "чайные ложки", "чайных ложек"];
    return `${cardinal(n, { gender: "f" })} ${(kind === "ст" ? big : small)[form]}`;
  }),
  rule(
    "day from which",
    digitStarts,
    new RegExp(`(?<=(?:^|\\s)[сС]\\s)(\\d{1,2})(?=\\s(?:по|до)\\s\\d{1,2}\\s(?:${months}))`, "u"),
    ([, day = ""]) => ordinal(day, "genitive"),
  ),
  rule(
    "telephone number with its prefix and area",
    digitStarts,
    /(?<![\d.,])\d\s?\(\d{3,4}\)\s?\d{2,3}(?:[\s-]\d{2}){2}(?!\d)/,
    ([text]) =>
      (text.match(/\d+/g) ?? []).map((group) => [...group].map((digit) => cardinal(digit)).join(" ")).join(", "),
  ),
  rule(
    "one measure over another",
    digitStarts,
    /(?<![\d.,/])(\d{2,3})\/(?=\d{2,3}(?![\d/]|[.,]\d))/,
    ([, above = ""], { text, index }) =>
      /давлени/iu.test(beforeOf(text, index)) ? `${cardinal(above)} на` : undefined,
  ),
  rule(
    "short word in its case",
    [...new Set(Object.keys(declined).map((written) => written.charAt(0)))].join(""),
    new RegExp(`(?<!\\p{L})(${Object.keys(declined).join("|")})\\.(?=\\s?[№\\d\\p{Lu}«]|\\s*$)`, "u"),
    ([, written = ""], { text, index }) => {
      const before = beforeOf(text, index);
      const at = caseCues.findIndex((cue) => cue.test(before));
      return at < 0 ? undefined : declined[written]?.split(" ")[at === 2 && whither.test(before) ? 3 : at];
    },
  ),
  rule(
    "hours and minutes that last",
    digitStarts,
    /(?<![\d.,:])(\d{1,3})\s?(?:ч\.?|час(?:а|ов)?)\s(\d{1,2})\s?мин(?:\.|(?!\p{L}))/u,
    ([, hours = "", minutes = ""]) =>
      `${cardinal(hours)} ${["час", "часа", "часов"][formWith(Number(hours))]} ${cardinal(minutes, { gender: "f" })} ${["минута", "минуты", "минут"][formWith(Number(minutes))]}`,
  ),
  rule(
    "horse power",
    digitStarts,
    /(?<![\d.,])(\d{1,4})\sл\.\s?с\.(?!\p{L})/u,
    ([, n = ""]) =>
      `${cardinal(n, { gender: "f" })} ${["лошадиная сила", "лошадиные силы", "лошадиных сил"][formWith(Number(n))]}`,
  ),
  rule("per so many", "/", /(?<=\p{L}\.?\s?)\/\s?(?=\d)/u, "на"),
  rule(
    "per something",
    "/",
    /(?<=[\p{L}\d₽€$.]\s?)\/\s?(мес(?:яц)?\.?|сут(?:ки|\.)?|день|ночь|год|час|нед(?:елю|\.)?|чел(?:овека|\.)?)(?!\p{L})/u,
    ([, of = ""]) =>
      of.startsWith("мес")
        ? "в месяц"
        : of.startsWith("сут")
          ? "в сутки"
          : of.startsWith("нед")
            ? "в неделю"
            : of.startsWith("чел")
              ? "с человека"
              : of === "ночь"
                ? "за ночь"
                : `в ${of}`,
  ),
];
