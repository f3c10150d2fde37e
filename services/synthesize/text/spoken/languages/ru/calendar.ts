import type { ClockTime, Surroundings } from "../western/tongue.ts";
import { caseOf } from "./cases.ts";
import { cardinal } from "./number.ts";
import type { OrdinalForm } from "./ordinal.ts";

/** The names of the months in the genitive, as they follow the day in a date. */
export const months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");

/**
 * The form of a day before its month: "на третье мая", "к третьему мая"; the genitive if the date tells when something
 * happens.
 */
export function dayForm({ before, after }: Surroundings): OrdinalForm {
  if (/(?:^|[\s(])(?:на|по|про|за|под|через)\s$/iu.test(before)) return "neuter";
  if (/(?:^|[\s(])ко?\s$/iu.test(before)) return "dative";
  if (/(?:^|[\s(])(?:между|перед|над)\s$/iu.test(before)) return "instrumental";
  if (/(?:^|[\s(])(?:о|об|при)\s$/iu.test(before)) return "prepositional";
  // In "сегодня 3 мая" the date is named, so its day is neuter (третье); in "сегодня, 3 мая, …" it tells when something
  // happens, so its day is genitive (третьего).
  const isToday =
    /(?:^|[\s(])(?:сегодня|завтра|вчера|послезавтра|позавчера|наступ\p{Ll}+|это|дата:)(?:\s[—–-])?\s$/iu.test(before);
  return isToday && /^(?:\s?\p{L}{3,8})?(?:\s\d{4}\sг(?:\.|ода?))?(?:[,.!?;:)]|\s[—–-]|\s*$)/u.test(after)
    ? "neuter"
    : "genitive";
}

/** The form of a year, which is an ordinal in Russian, given the text around it: в 1984 году, 1984 года, 1984 год. */
export function yearForm(after: string, before: string): OrdinalForm {
  const word = /^\s(год\p{L}*|г\.)/u.exec(after)?.[1];
  if (word === "году") return /(?:^|\s)ко?\s$/iu.test(before) ? "dative" : "prepositional";
  if (word === "год") return "nominative";
  if (word === "годом") return "instrumental";
  if (word === "годов" || word === "годах") return "pluralGenitive";
  if (word === "годы") return "plural";
  if (word === "г.") {
    if (/(?:^|\s)(?:по|на|за)\s$/iu.test(before)) return "nominative";
    if (/(?:^|\s)во?\s$/iu.test(before)) return "prepositional";
    if (/(?:^|\s)ко?\s$/iu.test(before)) return "dative";
    if (/(?:^|\s)(?:перед|между)\s$/iu.test(before)) return "instrumental";
  }
  return "genitive";
}

/** The form of "год" (year) after each form of an ordinal; after a form that is missing here, it is "года". */
export const years: Partial<Record<OrdinalForm, string>> = {
  prepositional: "году",
  nominative: "год",
  dative: "году",
  instrumental: "годом",
};

/** Says a clock time in the genitive, as after "from" or "until"; a full hour is said without minutes. */
export function hourInGenitive(hour: string, minute: string): string {
  const genitive = { grammaticalCase: "genitive" } as const;
  const said = cardinal(hour, { gender: "m", ...genitive });
  if (minute === "00") return said;
  return `${said} ${minute.startsWith("0") ? "ноль " : ""}${cardinal(minute, genitive)}`;
}

/** Says a clock time in the case that the text around it requires. */
export function time({ hour, minute, second, ofSpan }: ClockTime, { before, after }: Surroundings): string {
  const found = ofSpan ? "genitive" : caseOf({ before, after }, undefined, "5");
  const grammaticalCase = found === "accusative" ? undefined : found;
  if (second === undefined && minute !== undefined && grammaticalCase === "genitive")
    return hourInGenitive(hour, minute);
  const said = cardinal(hour, { gender: "m", grammaticalCase });
  if (minute === "00" && grammaticalCase === "dative") return said;
  const ofMinutes = grammaticalCase === "dative" ? { grammaticalCase } : {};
  const two = (figures: string): string =>
    figures === "00" ? "ноль ноль" : `${figures.startsWith("0") ? "ноль " : ""}${cardinal(figures, ofMinutes)}`;
  return [said, two(minute ?? "00"), second === undefined ? "" : two(second)].join(" ").trim();
}
