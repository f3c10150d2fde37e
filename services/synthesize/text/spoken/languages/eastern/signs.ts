import { type Rule, rule } from "../../rule.ts";
import { beforeOf, beginsItem, literal } from "../patterns.ts";
import { exponent, loweredOf, powerOf } from "./science/notation.ts";
import type { EasternTongue } from "./tongue.ts";

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const lowered = "₀₁₂₃₄₅₆₇₈₉ₙₘₖᵢⱼᵣ₊₋";
const circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

/** Rules for arithmetic and other signs, powers, and signs for "number" (`#5`), where no earlier rule has matched. */
export function signRules(tongue: EasternTongue): readonly Rule[] {
  const { join, signs } = tongue;
  return [
    rule("powers", `${raised}⁻ⁿ^`, new RegExp(exponent), ([text]) => powerOf(tongue, text)),
    rule("lowered figures", lowered, new RegExp(`[${lowered}]+`), ([text]) => loweredOf(tongue, text)),
    rule("circled number", circled, /[①-⑳]/, ([text], place) => {
      const said = tongue.cardinal(String(circled.indexOf(text) + 1));
      return beginsItem.test(beforeOf(place.text, place.index)) ? `${said},` : said;
    }),
    rule("number sign", "#№", /[#№]\s?(?=\d)/, () => signs["№"]),
    rule(
      "minus in a sum",
      "-−–",
      /(?<=[A-Za-z\d)²³]\s)[-−–]\s?(?=[A-Za-z\d(])|(?<![A-Za-z])[-−](?=[\d(√])|(?<=[\d)²³])[-−–](?=[\d(])/,
      () => signs.less,
    ),
    rule("plus between keys", "+", /(?<=[A-Za-z]{2})\+(?=[A-Za-z])/, () => `${join}${signs["+"]}${join}`),
    rule("plus in a sum", "+", /\+(?=\s?[\p{L}\d(])/u, (match) =>
      // After a word and not a number, + means a combination ("and") and not a sum.
      join === "" && /\p{Script=Han}\s?$/u.test(beforeOf(match.input, match.index)) ? signs["+"] : signs.more,
    ),
    rule("times in a sum", "*·xX", /(?<=[\d)]\s?)[*·xX]\s?(?=[\d(])/, () => signs["×"]),
    rule("divided in a sum", "/", /(?<=[\d)]\s?)\/\s?(?=[\d(])/, () => signs["÷"]),
    rule("arrow", "→⇒➡", /[→⇒➡]/, () => "，"),
    rule("slash before a figure", "/", /(?<=[\p{L}%)]\s?)\/\s?(?=\d)/u, () => "，"),
    rule("slash beside a figure", "/", /(?<=\d)\/|\/(?=\d)/, () => tongue.slash),
    rule("about", "~～", /(?<![\p{L}\d])[~～]\s?(?=\d)/u, () => signs["≈"]),
    // A tilde between words is a range, unless a space stands only before it: then it means "about" the next number.
    rule(
      "span between words",
      " ~～〜",
      /(?<=[\p{L}\d])(?:\s[~～〜]\s|[~～〜]\s?)(?=[\p{L}\d])/u,
      () => `${signs["~"]}${join}`,
    ),
    ...[..."=≠≈≒≤≥×÷√±%‰°℃℉§&@€$£¥∞<>"].flatMap((sign) => {
      const name = signs[sign];
      return name === undefined ? [] : [rule(`sign ${sign}`, sign, new RegExp(literal(sign)), name)];
    }),
  ];
}
