import { type Rule, rule } from "../../../rule.ts";
import { anyOf, beforeOf } from "../../patterns.ts";
import { parseFigure } from "../../western/figure.ts";
import { accusativeOf, countedForm } from "../counted.ts";
import { units } from "../words.ts";

/** Abbreviations with their full forms in the genitive, dative, prepositional and accusative. */
const declined: Readonly<Record<string, string>> = {
  ул: "улицы улице улице улицу",
  г: "города городу городе город",
  ст: "статьи статье статье статью",
  п: "пункта пункту пункте пункт",
  ч: "части части части часть",
  тел: "телефона телефону телефоне телефон",
  с: "страницы странице странице страницу",
  стр: "страницы странице странице страницу",
  рис: "рисунка рисунку рисунке рисунок",
  табл: "таблицы таблице таблице таблицу",
  гл: "главы главе главе главу",
  кв: "квартиры квартире квартире квартиру",
  каб: "кабинета кабинету кабинете кабинет",
  ауд: "аудитории аудитории аудитории аудиторию",
  корп: "корпуса корпусу корпусе корпус",
  пл: "площади площади площади площадь",
  пр: "проспекта проспекту проспекте проспект",
  пер: "переулка переулку переулке переулок",
  д: "дома дому доме дом",
  упр: "упражнения упражнению упражнении упражнение",
  разд: "раздела разделу разделе раздел",
  оф: "офиса офису офисе офис",
};
const written = Object.keys(declined).join("|");
const caseCues = [
  /(?:^|[\s(])(?:из|до|от|с|со|у|для|около|после|возле|против|нарушени[еияю]|рамках|счёт)\s$/iu,
  /(?:^|[\s(])(?:по|к|ко|согласно|благодаря)\s$/iu,
  /(?:^|[\s(])(?:в|во|на|при|о|об)\s$/iu,
  /(?:^|[\s(])(?:через|про|откройте|смотрите|см\.|прочита\p{Ll}+|укажите|наберите|изучите|под)\s$/iu,
];
/** Verbs of motion, after which "на" and "в" mean "to" and take the accusative. */
const whither =
  /(?:^|\s)(?:(?:еде[мтш]|еду(?!\p{L})|прие[дх]|придёт|доед|доберёт|доберит|достав|привез|поверн|сверн|поворач|свора|выйд|выход|выезж|съезж|въезж|въед|заед|поезж|поед|пойд|ид[иёу]|перей|перех|переезж|переед|отправ|направ|зайд|заход|вернит|верну|подним|спуст|пройд|проход)\p{Ll}*\s(?:\p{Ll}+\s){0,2}|(?:налево|направо|прямо|обратно|вход|выезд|поворот|звон\p{Ll}+|обратит\p{Ll}+)\s)(?:на|во?)\s$/iu;

/** The adjective with this stem, in the form that fits the noun after it: for "гл." in "гл. бухгалтеру". */
function chief(noun: string, stem: string): string {
  const ending = /(?:ами|ями)$/u.test(noun)
    ? "ыми"
    : /(?:ом|ем)$/u.test(noun)
      ? "ым"
      : /[ую]$/u.test(noun)
        ? "ому"
        : /[ая]$/u.test(noun)
          ? "ого"
          : /е$/u.test(noun)
            ? "ом"
            : /[иы]$/u.test(noun)
              ? "ые"
              : "ый";
  return stem + ending;
}

/** Rules for abbreviations that are declined when spoken: "до ул." is "до улицы", "по ул." is "по улице". */
export const wordRules: readonly Rule[] = [
  rule(
    "abbreviation in its grammatical case",
    [...new Set(Object.keys(declined).map((word) => word.charAt(0)))].join(""),
    new RegExp(`(?<!\\p{L})(${written})\\.(?=\\s?[№\\d\\p{Lu}«+(]|\\s*$)`, "u"),
    ([, short = ""], { text, index }) => {
      const before = beforeOf(text, index);
      const at = caseCues.findIndex((cue) => cue.test(before));
      if (
        (short === "ч" && !/^ч\.\s?\d/u.test(text.slice(index, index + 5))) ||
        (short === "с" && !/^с\.\s?\d/u.test(text.slice(index, index + 5)))
      )
        return undefined;
      return at < 0 ? undefined : declined[short]?.split(" ")[at === 2 && whither.test(before) ? 3 : at];
    },
  ),
  rule("chief", "г", /(?<!\p{L})гл\.(?=\s(\p{Ll}{3,}))/u, ([, noun = ""]) => chief(noun, "главн")),
  rule(
    "so called",
    "тТ",
    /(?<!\p{L})т\.\s?н\.(?=\s[«"]?\p{Ll}*(ый|ий|ой|ая|ое|ые|ие|ого|ому|ым|ом|ую|ых|ыми|ам|ям|ами|ах|ов|и|ы)(?!\p{L}))/u,
    ([, ending = ""]) =>
      `так называем${({ и: "ые", ы: "ые", ие: "ые", ий: "ый", ам: "ым", ям: "ым", ами: "ыми", ах: "ых", ов: "ых" } as Readonly<Record<string, string>>)[ending] ?? ending}`,
  ),
  rule(
    "abbreviated word for building in an address",
    "с",
    /(?<=(?:д|дом|корп)\.?\s?\d{1,4}\p{L}?,\s)стр\.(?=\s?\d)/u,
    "строение",
  ),
  rule("underground", "м", /(?<!\d\s?|\p{L})м\.\s?(?=[«"\p{Lu}])/u, "метро "),
  rule(
    "unit after an ordinal",
    "к",
    /(?<=\d-?(й|го|му|м)\s)км(?!\p{L}|\/)/u,
    ([, ending = ""]) => `километр${({ го: "а", му: "у", м: "е" } as Readonly<Record<string, string>>)[ending] ?? ""}`,
  ),
  rule(
    "unit after a preposition, without a number",
    "мшскчгднлт",
    new RegExp(
      `(?<=(?<!\\d[\\d.,]*)(?:^|\\s)(в|за|на|с)\\s)(${anyOf([...units.keys()].filter((one) => /^\p{Ll}/u.test(one) && one.length > 1))})(?!\\p{L}|\\s?\\d)\\.?(?=[\\s,;:!?)]|$)`,
      "iu",
    ),
    ([, preposition = "", short = ""]) => {
      const noun = units.get(short);
      if (noun === undefined) return undefined;
      if (/с/iu.test(preposition)) return noun.forms[1];
      // "в месяц" is per month (accusative), "в килограммах" in kilograms (prepositional).
      const isMeasure =
        /в/iu.test(preposition) && !/^(?:секунд|минут|час|сут|недел|месяц|день)/u.test(noun.forms[0] ?? "");
      return isMeasure ? countedForm(parseFigure("5"), noun, "prepositional") : accusativeOf(noun);
    },
  ),
  rule(
    "unit after thousands and millions",
    "мкгтлчшс",
    new RegExp(`(?<=(?:тыс|млн|млрд|трлн)\\.?\\s)(${anyOf(units.keys())})(?!\\p{L})`, "u"),
    ([, short = ""]) => units.get(short)?.forms[2],
  ),
  rule(
    "unit after a power of ten",
    "мкгДНВАКПсл",
    new RegExp(`(?<=[⁰¹²³⁴⁵⁶⁷⁸⁹]\\s)(${anyOf(units.keys())})(?:/(${anyOf(units.keys())}))?(?!\\p{L})`, "u"),
    ([, short = "", per]) => {
      const below = units.get(per ?? "");
      const one = below === undefined ? "" : accusativeOf(below);
      const each = one === "" ? "" : /^(?:секунд|минут|час|сут|год)/u.test(one) ? ` в ${one}` : ` на ${one}`;
      return `${units.get(short)?.forms[2]}${each}`;
    },
  ),
];
