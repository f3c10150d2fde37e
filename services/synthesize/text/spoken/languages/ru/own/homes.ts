import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { beforeOf } from "../../patterns.ts";
import { cardinal } from "../number.ts";
import { ordinal } from "../ordinal.ts";

/** Words whose object is a flat, as in "selling a flat". The rules below read advertisements for flats. */

const selling =
  /(?:^|[\s(«])(?:сда[мюё]\p{Ll}*|прода[мюё]\p{Ll}*|продать|сдать|куп\p{Ll}+|сним\p{Ll}+|снять|ищ\p{Ll}+|обмен\p{Ll}+|меня\p{Ll}+|за|через|про)\s$/iu;
/** Matches the end of a reflexive verb, whose subject, not object, is the word for "flat": "сдаётся квартира". */
const toBeHad = /(?:ся|сь)\s$/u;

/**
 * The index in `flat` of the form that `before` (the text before the word) requires: 0 nominative, 1 genitive, 2 dative
 * or prepositional, 3 instrumental, 4 accusative.
 */
function flatForm(before: string): 0 | 1 | 2 | 3 | 4 {
  const adjective = /(?:^|\s)(?:\d-)?\p{L}{3,}(ая|ую|ой)\s$/u.exec(before);
  if (adjective?.[1] === "ая") return 0;
  if (adjective?.[1] === "ую") return 4;
  const lead = before.replace(/(?:^|\s)(?:\d-)?\p{L}{3,}ой\s$/u, " ");
  if (/(?:^|[\s(«])(?:в|во|на|о|об|при|к|ко|по)\s$/iu.test(lead)) return 2;
  if (/(?:^|[\s(«])(?:с|со|перед|над|под|между)\s$/iu.test(lead)) return 3;
  if (
    adjective !== null ||
    /(?:^|[\s(«])(?:из|до|от|у|для|около|после|без|аренд\p{Ll}+|продаж\p{Ll}+|площад\p{Ll}+|цен\p{Ll}+|стоимост\p{Ll}+|хозя\p{Ll}+|собственни\p{Ll}+|ремонт\p{Ll}*)\s$/iu.test(
      lead,
    )
  )
    return 1;
  return selling.test(lead) && !toBeHad.test(lead) ? 4 : 0;
}
const flat = ["квартира", "квартиры", "квартире", "квартирой", "квартиру"];
const flatAdjective = ["ая", "ой", "ой", "ой", "ую"];
const rooms = (n: string): string => (n === "1" ? "одно" : cardinal(n, { grammaticalCase: "genitive" }));

export const homeRules: readonly Rule[] = [
  rule(
    "flat with its number of rooms",
    digitStarts,
    /(?<![\d.,/])([1-9])-?\s?к(?:омн)?\.?\s?(?=кв\.(?!\s?(?:м|км|см|дм)(?!\p{L}))|квартир)/u,
    ([, n = ""], { text, index }) => `${rooms(n)}комнатн${flatAdjective[flatForm(beforeOf(text, index))]} `,
  ),
  rule(
    "flat",
    "к",
    /(?<!\d\s?|[IVX]\s|\d-?(?:й|м|го|му)\s|\p{L})кв\.(?!\s?(?:[\d№]|(?:мм?|км|см|дм|метр\p{Ll}*|километр\p{Ll}*|корень|корня|уравнени\p{Ll}+|см)(?!\p{L})))(?!\s*$)/u,
    (_, { text, index }) => flat[flatForm(beforeOf(text, index).replace(/[1-9]-?\s?к(?:омн)?\.?\s?$/u, ""))],
  ),
  rule("floor", digitStarts, /(?<![\d.,/:–-])(\d{1,2})(?:-?(?:й|м|го))?\s?эт\./u, ([, n = ""], { text, index }) => {
    const before = beforeOf(text, index);
    if (/(?:^|\s)на\s$/iu.test(before)) return `${ordinal(n, "prepositional")} этаже`;
    return /(?:^|\s)(?:с|со|до|от|из)\s$/iu.test(before)
      ? `${ordinal(n, "genitive")} этажа`
      : `${ordinal(n, "nominative")} этаж`;
  }),
  rule(
    "house with its number of floors",
    digitStarts,
    /(?<![\d.,/])(\d{1,2})-?\s?эт\.\s?(?=(?:кирп\p{Ll}*\.?\s|панел\p{Ll}*\.?\s)?(?:дом|здани|корпус)(\p{Ll}*))/u,
    ([, n = "", ending = ""]) =>
      `${cardinal(n, { grammaticalCase: "genitive" }).replaceAll(" ", "")}этажн${({ е: "ом", а: "ого", у: "ому", ом: "ым", я: "ого", ю: "ому", и: "ом" } as Readonly<Record<string, string>>)[ending] ?? "ый"} `,
  ),
];
