import type { Agreement } from "../western/number.ts";
import type { Figure } from "../western/tongue.ts";
import { cardinal, formWith } from "./number.ts";
import { type OrdinalForm, ordinal } from "./ordinal.ts";

type Case = Agreement["grammaticalCase"];

const digits = "ноль один два три четыре пять шесть семь восемь девять".split(" ");
const denominators = ["десят", "сот", "тысячн"];
const lastFour = (whole: string): number => Number(whole.slice(-4));

/** The ending of "целая" and "десятая" after a number: "одна целая", "две целых", "двум целым". */
function partEnding(isOne: boolean, grammaticalCase: Case): string {
  if (isOne) return grammaticalCase === undefined ? "ая" : grammaticalCase === "accusative" ? "ую" : "ой";
  return grammaticalCase === "dative" ? "ым" : grammaticalCase === "instrumental" ? "ыми" : "ых";
}

/**
 * Says a number with a decimal part. After a comma, tenths to thousandths are said by name; after a point, only if the
 * number counts something.
 */
export function decimal({ whole, part = "", point }: Figure, { gender, grammaticalCase }: Agreement): string {
  const name = denominators[part.length - 1];
  if (name === undefined || (point === "." && gender === undefined)) {
    const zeros = /^0*/.exec(part)?.[0].length ?? 0;
    const rest = part.slice(zeros);
    const spelled =
      part.length > 3
        ? [...part].map((c) => digits[Number(c)]).join(" ")
        : [..."0".repeat(zeros)]
            .map(() => "ноль")
            .concat(rest === "" ? [] : cardinal(rest))
            .join(" ");
    return `${cardinal(whole)} ${name === undefined ? "и" : "точка"} ${spelled}`;
  }
  const agreement: Agreement = { gender: "f", grammaticalCase };
  const wholes = `цел${partEnding(formWith(lastFour(whole)) === 0, grammaticalCase)}`;
  const parts = name + partEnding(formWith(Number(part)) === 0, grammaticalCase);
  return `${cardinal(whole, agreement)} ${wholes} ${cardinal(part, agreement)} ${parts}`;
}

/** The nouns for a third and a quarter, by denominator and case: the form after 1, and the form after 2 to 4. */
const nouns: Readonly<Record<string, Readonly<Record<NonNullable<Case> | "nominative", readonly [string, string]>>>> = {
  "3": {
    nominative: ["треть", "трети"],
    accusative: ["треть", "трети"],
    genitive: ["трети", "третей"],
    dative: ["трети", "третям"],
    instrumental: ["третью", "третями"],
    prepositional: ["трети", "третях"],
  },
  "4": {
    nominative: ["четверть", "четверти"],
    accusative: ["четверть", "четверти"],
    genitive: ["четверти", "четвертей"],
    dative: ["четверти", "четвертям"],
    instrumental: ["четвертью", "четвертями"],
    prepositional: ["четверти", "четвертях"],
  },
};

/** The spoken form of a fraction in the given case: "две трети", "трёх восьмых", "одну вторую". */
export function fraction(above: string, below: string, grammaticalCase: Case): string {
  const top = cardinal(above, { gender: "f", grammaticalCase });
  const form = formWith(Number(above));
  const named = form === 2 ? undefined : nouns[below]?.[grammaticalCase ?? "nominative"];
  if (named !== undefined) return `${top} ${named[form === 0 ? 0 : 1]}`;
  const bottom: OrdinalForm =
    form === 0
      ? grammaticalCase === undefined
        ? "feminine"
        : grammaticalCase === "accusative"
          ? "feminineAccusative"
          : "feminineOblique"
      : grammaticalCase === "dative"
        ? "pluralDative"
        : grammaticalCase === "instrumental"
          ? "pluralInstrumental"
          : "pluralGenitive";
  return `${top} ${ordinal(below, bottom)}`;
}

/**
 * Whether a fraction is a time signature in music: "в размере 3/4" (in three-four time), but not "в размере 3/4 оклада"
 * (three quarters of the salary).
 */
export const isMetre = (above: string, below: string, before: string, after: string): boolean =>
  Number(above) > 1 &&
  /^(?:2|4|8|16)$/.test(below) &&
  /(?:^|\s)размер\p{Ll}{0,2}\s$/iu.test(before) &&
  !/^\s(?!(?:и|или|а|но|с|со|на|в|под|для|как|это)\s)\p{Ll}/u.test(after);
