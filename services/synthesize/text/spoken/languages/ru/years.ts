import type { OrdinalForm } from "./number.ts";

/** What form of an ordinal the year has by the word after it: в 1984 году, 1984 года, 1984 год. */
export function yearForm(after: string, before: string): OrdinalForm {
  const word = /^\s(год\p{L}*|г\.)/u.exec(after)?.[1];
  if (word === "году") return /(?:^|\s)к\s$/iu.test(before) ? "dative" : "prepositional";
  if (word === "год") return "nominative";
  if (word === "годов" || word === "годах") return "pluralGenitive";
  if (word === "годы") return "plural";
  if (word === "г." && /(?:^|\s)по\s$/u.test(before)) return "nominative";
  if (word === "г." && /(?:^|\s)[вВ]о?\s$/u.test(before)) return "prepositional";
  return "genitive";
}

/** The word for the year that goes with a form of its number; "года" with the others. */
export const years: Partial<Record<OrdinalForm, string>> = { prepositional: "году", nominative: "год", dative: "году" };
