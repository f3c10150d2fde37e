import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { afterOf, beforeOf } from "../../patterns.ts";
import { cardinal, formWith } from "../number.ts";
import { type OrdinalForm, ordinal } from "../ordinal.ts";

/** Matches a noun in a form that makes the number before it an ordinal: "на 5 этаже" (on the fifth floor). */
const numbered =
  /^\s(?:(этаж|подъезд|класс|курс|ряд|вагон|путь|сезон|раунд|тур|квартал|уровн|этап|разряд|период|тайм|сет|урок|столик|номер)(е|у|ом|ем|а|я)?|(мест)(е|о|у|ом)|(групп|серии|част|глав|категори|палат|строк|степен)(е|у|ой|ы|и)|(числ)(а|о|у))(?!\p{L})/u;

/** The form in which the number is spoken if it is an ordinal before a noun that `numbered` matches; else undefined. */
function numberedForm(after: string, before: string, number: number): OrdinalForm | undefined {
  const match = numbered.exec(after.replace(/^\s?[«"]?[А-Я][»"]?(?=\s)/u, ""));
  if (match === null) return undefined;
  const [, , masculine, neuter, neuterEnd, feminine, feminineEnd, day, dayEnd] = match;
  const form = formWith(number);
  if (day !== undefined)
    return dayEnd === "а" ? (form === 1 ? undefined : "genitive") : dayEnd === "о" ? "neuter" : "dative";
  if (neuter !== undefined)
    return neuterEnd === "о"
      ? "neuter"
      : neuterEnd === "у"
        ? "dative"
        : neuterEnd === "е"
          ? "prepositional"
          : "instrumental";
  if (feminine !== undefined) {
    if (feminineEnd === "у") return "feminineAccusative";
    if (/^[ыи]$/u.test(feminineEnd ?? ""))
      return form === 1 && !/(?:^|\s)(?:до|с|из|от|инвалид\p{Ll}*)\s$/iu.test(before) ? undefined : "feminineOblique";
    return "feminineOblique";
  }
  if (masculine === undefined)
    return /^\s(?:этаж|подъезд|класс|курс|вагон|сезон|тур)/u.test(after) && (form !== 0 || /класс|курс/u.test(after))
      ? "nominative"
      : undefined;
  if (masculine === "е") return "prepositional";
  if (masculine === "у") return /(?:^|\s)(?:на|в)\s$/u.test(before) ? "prepositional" : "dative";
  if (/м$/u.test(masculine)) return "instrumental";
  // After 2, 3 and 4, a noun in the genitive singular may also be counted by the number: "2 этажа" (two floors), but
  // "до 2 этажа" (up to the second floor).
  return form === 1 && !/(?:^|\s)(?:до|с|со|из|от|после)\s$/iu.test(before) ? undefined : "genitive";
}

/** Rules for numbers of floors, classes and the like, which are read as ordinals. */
export const numberedRules: readonly Rule[] = [
  rule("number of a floor", digitStarts, /(?<![\d.,/:–-])\d{1,2}(?=\s?(?:[«"]?[А-Я][»"]?\s|\s)\p{Ll})/u, (match) => {
    const form = numberedForm(
      afterOf(match.input, match.index + match[0].length),
      beforeOf(match.input, match.index),
      Number(match[0]),
    );
    return form === undefined ? undefined : ordinal(match[0], form);
  }),
  rule(
    "numbers of floors",
    digitStarts,
    /(?<![\d.,/:])(\d{1,2})\s?[-–—]\s?(\d{1,2})(?=\s(?:класс|курс|ряд|тур|раунд|сезон|том|квартал)(ов|ах|ы|а)(?!\p{L}))/u,
    ([, from = "", to = "", ending = ""]) => {
      const form: OrdinalForm = /^[ыа]$/u.test(ending) ? "plural" : "pluralGenitive";
      return `${ordinal(from, form)} — ${ordinal(to, form)}`;
    },
  ),
  rule(
    "floor with the number of floors of the building",
    digitStarts,
    /(?<![\d.,/])(\d{1,2})\/(\d{1,2})\s?(?:этаж(?!\p{L})|эт\.)/u,
    ([, floor = "", all = ""]) =>
      `${ordinal(floor, "nominative")} этаж из ${cardinal(all, { grammaticalCase: "genitive" })}`,
  ),
];
