import { type Rule, rule } from "../../rule.ts";
import { beforeOf, beginsItem, literal } from "../patterns.ts";
import { alone } from "./number.ts";
import type { Tongue } from "./tongue.ts";

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const lowered = "₀₁₂₃₄₅₆₇₈₉";
/** Small letters, then capitals; capital sigma has a second place for the small one that ends a word. */
const greekLetters = "αβγδεζηθικλμνξοπρςστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΣΤΥΦΧΨΩ";
const circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
/** Signs that are said wherever they stand; the rest only beside numbers and letters of formulas. */
const always = "=≠≈≤≥×÷√±%‰°℃℉№§&@€$£¥∞<>";

/** Two sides of one thing, between which nobody says "or". */
const sides =
  /^(?:fronte\/retro|recto\/verso|andata\/ritorno|ida\/v(?:uelta|olta)|aller\/retour|qualité\/prix|calidad\/precio|qualità\/prezzo|custo\/benefício|(?:et|e|y)\/\p{L}+|client(?:e)?\/serv\p{L}+)$/u;

/** Signs of sums, powers and amounts that nothing else wanted. */
export function signRules(tongue: Tongue): readonly Rule[] {
  const value = (text: string, figures: string): string => [...text].map((c) => figures.indexOf(c)).join("");
  const minus = tongue.signs["-"] ?? "";
  const { or } = tongue.signs;
  return [
    rule("powers", raised, new RegExp(`[${raised}]+`), ([text]) => tongue.power(value(text, raised))),
    rule("power below nought", "⁻", new RegExp(`⁻([${raised}]+)`), ([, digits = ""]) =>
      tongue.negativePower?.(value(digits, raised)),
    ),
    rule("power below nought after a caret", "^", /\^\(?[-−](\d+)\)?/, ([, digits = ""]) =>
      tongue.negativePower?.(digits),
    ),
    rule("power after a caret", "^", /\^(\d+)/, ([, digits = ""]) => tongue.power(digits)),
    rule("lowered figures", lowered, new RegExp(`[${lowered}]+`), ([text]) =>
      tongue.cardinal(value(text, lowered), alone),
    ),
    rule("circled number", circled, /[①-⑳]/, ([text], place) => {
      const said = tongue.cardinal(String(circled.indexOf(text) + 1));
      return beginsItem.test(beforeOf(place.text, place.index)) ? `${said},` : said;
    }),
    rule("number in letters", "nN", /(?<!\p{L})[nN](?:\.?[º°]\.?|\.)\s?(?=\d)/u, () => tongue.signs["№"]),
    rule("number sign", "#", /#\s?(?=\d)/, () => tongue.signs["№"]),
    rule(
      "minus in a sum",
      "-−–",
      /(?<=[\p{L}\d)²³]\s)[-−–]\s?(?=[\p{L}\d(])|(?<!\p{L}\p{L}|\p{Lu})[-−](?=[\d(√])|(?<=[\d)²³])[-−–](?=[\d(])/u,
      (_, place) =>
        /^[-–]\s\p{L}{2,}/u.test(place.text.slice(place.index)) && !/=/.test(place.text) ? undefined : minus,
    ),
    ...(or === undefined
      ? []
      : [
          rule(
            "slash between words",
            "/",
            /(?<=(?<![\p{L}\d/.])(\p{Ll}{2,}|[ye]))\/(?=(\p{Ll}{2,}|o)(?![\p{L}\d/]))/u,
            ([, left = "", right = ""]) => {
              if (tongue.perWords?.test(right) === true) return undefined;
              return sides.test(`${left}/${right}`) || left === or || right === or ? " " : ` ${or} `;
            },
          ),
        ]),
    rule("slash before a sign", "/", /(?<=\d)\/(?=[-−+]\d)/, () =>
      tongue.times === undefined ? undefined : tongue.signs[":"],
    ),
    rule(
      "plus in a sum",
      "+",
      /\+(?=\s?[\p{L}\d(½⅓⅔¼¾⅕-⅞√])|(?<=\p{Lu}\d{0,3})\+(?![\p{L}\d+])/u,
      () => tongue.signs["+"],
    ),
    rule(
      "times in a sum",
      "*·⋅",
      /(?<=(?:(?<!\p{L})\p{L}|[\d)²³])\s?)[*·⋅]\s?(?=[\d(√]|\p{L}(?!\p{L}{2}))/u,
      () => tongue.signs["×"],
    ),
    rule(
      "divided in a sum",
      "/",
      /(?<=[\d)]\s?)\/\s?(?=[\d(])|(?<=\p{L}\s)\/\s(?=[\d(])|(?<=(?:(?<!\p{L})\p{L}|[\d)²³])\s?)\/\s?(?=[\d(]|\p{L}(?!\p{L}))/u,
      () => tongue.signs["÷"],
    ),
    rule(
      "Greek letter",
      greekLetters,
      /(?<!\p{Script=Greek})[Α-Ωα-ω](?!\p{Script=Greek}{2})/u,
      ([letter]) => tongue.greek?.[greekLetters.indexOf(letter) % (greekLetters.length / 2)],
    ),
    rule("each", "/", /(?<=\p{Ll})\/\s?(\p{Ll}+)(?!\p{L})/u, ([, word = ""]) =>
      tongue.perWords?.test(word) ? tongue.perWord?.(word) : undefined,
    ),
    rule("about", "~∼", /[~∼]\s?(?=\d)/, () => tongue.signs["≈"]),
    ...[...always].flatMap((sign) => {
      const name = tongue.signs[sign];
      return name === undefined ? [] : [rule(`sign ${sign}`, sign, new RegExp(literal(sign)), name)];
    }),
  ];
}
