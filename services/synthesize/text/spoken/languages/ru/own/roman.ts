import { romanValue } from "../../../amounts/roman.ts";
import { type Rule, rule } from "../../../rule.ts";
import { afterOf, beforeOf } from "../../patterns.ts";
import { cardinal } from "../number.ts";
import { type OrdinalForm, ordinal } from "../ordinal.ts";

/** The value of a Roman numeral, in digits. The numeral may be written with Cyrillic letters that look the same. */
const arabic = (roman: string): string | undefined => {
  const value = romanValue(roman.replaceAll("Х", "X").replaceAll("І", "I"));
  return value === undefined ? undefined : String(value);
};
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const queens = /^(?:Екатерин|Елизавет|Анн|Мари|Виктори|Клеопатр|Изабелл|Маргарит|Кристин)/u;

/** The form of a ruler's ordinal, which follows from the ending of the name: Петра I, при Николае II. */
function rulerForm(name: string): OrdinalForm {
  if (queens.test(name))
    return /[ая]$/u.test(name) ? "feminine" : /[ую]$/u.test(name) ? "feminineAccusative" : "feminineOblique";
  if (/[ая]$/u.test(name)) return "genitive";
  if (/[ую]$/u.test(name)) return "dative";
  if (/(?:ом|ем|ём)$/u.test(name)) return "instrumental";
  return /е$/u.test(name) ? "prepositional" : "nominative";
}

type Endings = readonly (readonly [ending: RegExp, form: OrdinalForm])[];
/** Nouns that take a Roman numeral as an ordinal (XX век), by gender. The noun's ending gives the ordinal's form. */
const nouns: readonly (readonly [stems: string, endings: Endings])[] = [
  [
    "век|квартал|тур|этап|съезд|класс|том|раздел|разряд|созыв|уровн|тип",
    [
      [/(?:ах|ов)$/u, "pluralGenitive"],
      [/(?:ом|ем)$/u, "instrumental"],
      [/[ая]$/u, "genitive"],
      [/[ую]$/u, "dative"],
      [/е$/u, "prepositional"],
      [/$/u, "nominative"],
    ],
  ],
  [
    "миров[аоу]|групп|степен|категори|очеред|стади|фаз|част|отечественн[аоу]",
    [
      [/(?:ая|[па]а|за|степень|очередь|часть|категория|стадия)$/u, "feminine"],
      [/[ую]$/u, "feminineAccusative"],
      [/$/u, "feminineOblique"],
    ],
  ],
  [
    "мест|полугоди|тысячелети|столети|издани|поколени",
    [
      [/[ая]$/u, "genitive"],
      [/[ую]$/u, "dative"],
      [/(?:ом|ем)$/u, "instrumental"],
      [/(?:те|ии)$/u, "prepositional"],
      [/$/u, "neuter"],
    ],
  ],
];
const all = nouns.map(([stems]) => stems).join("|");
const counted = new RegExp(`^\\s?(?:${all})`, "u");

function orderOf(noun: string): OrdinalForm {
  const endings = nouns.find(([stems]) => new RegExp(`^(?:${stems})`, "u").test(noun))?.[1];
  return endings?.find(([ending]) => ending.test(noun))?.[1] ?? "nominative";
}

/** Rules for Roman numerals of centuries and other sequences, of rulers, and of chapters and volumes. */
export const romanRules: readonly Rule[] = [
  rule(
    "number of a century",
    "IVXLХІ",
    new RegExp(
      `(?<!\\p{L})([IVXLХІ]+)(?:\\s?([-–—]|и|,)\\s?([IVXLХІ]+))?\\s?((?:${all})\\p{Ll}{0,4}|вв?\\.|кв\\.)(?!\\p{L})`,
      "u",
    ),
    (match) => {
      const [text, first = "", mark = "", second, noun = ""] = match;
      const before = beforeOf(match.input, match.index);
      const isIn = /(?:^|\s)[вВ]о?\s$/u.test(before);
      const values = [first, second ?? ""].filter((one) => one !== "").map(arabic);
      if (values.some((value) => value === undefined)) return undefined;
      const said = short(noun, before, isIn);
      const own = orderOf(said);
      const form: OrdinalForm = own !== "pluralGenitive" ? own : isIn ? "prepositional" : "genitive";
      const stop = text.endsWith(".") && /^\s*$/.test(match.input.slice(match.index + text.length)) ? "." : "";
      const link = mark === "и" ? " и " : mark === "," ? ", " : " — ";
      return `${values.map((value) => ordinal(value ?? "", form)).join(link)} ${said}${stop}`;
    },
  ),
  rule(
    "number of a ruler",
    "IVXХІ",
    /(?<=(?:^|[^\p{L}])(\p{Lu}\p{Ll}{2,})\s)([IVXХІ]+)(?![\p{L}\d]|\s?[=<>+])/u,
    (match) => {
      const [, name = "", roman = ""] = match;
      const value = arabic(roman);
      if (value === undefined || /^(?:Глав|Част|Том|Раздел|Этап|Тип|Групп|Акт|Книг|Сцен)/u.test(name)) return undefined;
      if (counted.test(afterOf(match.input, match.index + roman.length))) return undefined;
      return capital(ordinal(value, rulerForm(name)));
    },
  ),
  rule(
    "number of a part",
    "IVXLХІ",
    /(?<=(?:^|[^\p{L}])(?:(?:гл|разд)\.\s?|(?:глав|част|том|раздел|параграф|сцен|акт|книг|уров|тип|пункт|степен|групп)\p{Ll}{0,3}\s))([IVXLХІ]+)(?![\p{L}\d])/iu,
    ([, roman = ""]) => {
      const value = arabic(roman);
      return value === undefined ? undefined : cardinal(value);
    },
  ),
];

/** The full form of an abbreviated "century" or "quarter", in the case that the context requires. */
function short(noun: string, before: string, isIn: boolean): string {
  if (noun === "вв.") return isIn ? "веках" : "веков";
  const word = noun === "в." ? "век" : noun === "кв." ? "квартал" : undefined;
  if (word === undefined) return noun;
  if (isIn) return `${word}е`;
  if (/(?:^|\s)ко?\s$/iu.test(before)) return `${word}у`;
  return word === "квартал" && (/(?:^|\s)(?:за|на|в)\s$/iu.test(before) || /(?:^|[.!?:—]\s)$/u.test(before))
    ? word
    : `${word}а`;
}
