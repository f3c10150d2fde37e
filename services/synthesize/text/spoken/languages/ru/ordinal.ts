import { cardinal } from "./number.ts";
import { inCase } from "./numerals.ts";

const ordinalStems: Readonly<Record<string, string>> = {
  ноль: "нулев",
  один: "перв",
  два: "втор",
  три: "трет",
  четыре: "четвёрт",
  пять: "пят",
  шесть: "шест",
  семь: "седьм",
  восемь: "восьм",
  сорок: "сороков",
  девяносто: "девяност",
  сто: "сот",
  тысяча: "тысячн",
  тысячи: "тысячн",
  тысяч: "тысячн",
};
const stressed = /^(?:нулев|втор|шест|седьм|восьм|сороков)$/;

/** The cases and genders in which an ordinal may be said. */
export type OrdinalForm =
  | "nominative"
  | "genitive"
  | "prepositional"
  | "dative"
  | "feminine"
  | "feminineOblique"
  | "feminineAccusative"
  | "instrumental"
  | "neuter"
  | "plural"
  | "pluralGenitive"
  | "pluralDative"
  | "pluralInstrumental";
const endings: Record<OrdinalForm, readonly [usual: string, third: string]> = {
  nominative: ["ый", "ий"],
  genitive: ["ого", "ьего"],
  prepositional: ["ом", "ьем"],
  dative: ["ому", "ьему"],
  feminine: ["ая", "ья"],
  feminineOblique: ["ой", "ьей"],
  feminineAccusative: ["ую", "ью"],
  instrumental: ["ым", "ьим"],
  neuter: ["ое", "ье"],
  plural: ["ые", "ьи"],
  pluralGenitive: ["ых", "ьих"],
  pluralDative: ["ым", "ьим"],
  pluralInstrumental: ["ыми", "ьими"],
};

/**
 * The words of an ordinal: "двадцать первого" for "21" in the genitive, "две тысячи двадцать четвёртого",
 * "двухтысячного".
 */
export function ordinal(digits: string, form: OrdinalForm): string {
  const words = cardinal(digits).split(" ");
  const last = words.pop() ?? "";
  let stem =
    ordinalStems[last] ??
    (/сот$|сти$|ста$/.test(last)
      ? inCase(last, "genitive")
      : /десят$/.test(last)
        ? inCase(last, "genitive").replace(/и$/, "")
        : last.replace(/ь$/, ""));
  if (stem === "тысячн" && words.length > 0) {
    // The ordinal of a round thousand is written as one word: "двухтысячный".
    stem = `${words.map((word) => (word === "одна" ? "одно" : inCase(word, "genitive"))).join("")}тысячн`;
    words.length = 0;
  }
  const [usual, third] = endings[form];
  const ending = stem === "трет" ? third : form === "nominative" && stressed.test(stem) ? "ой" : usual;
  return [...words, stem + ending].join(" ");
}
