import { letterStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, beforeOf } from "../patterns.ts";
import { cardinal } from "./number.ts";

/** The spoken names of mathematical functions. The rules below read functions, derivatives, bounds and arrows. */

const names: Readonly<Record<string, string>> = {
  sin: "Sinus",
  cos: "Kosinus",
  tan: "Tangens",
  cot: "Kotangens",
  arcsin: "Arkussinus",
  arccos: "Arkuskosinus",
  arctan: "Arkustangens",
  ln: "natürlicher Logarithmus",
  log: "Logarithmus",
  lg: "Zehnerlogarithmus",
};
const below = "₀₁₂₃₄₅₆₇₈₉";
const above = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const figure = (text: string, row: string): string => cardinal([...text].map((c) => row.indexOf(c)).join(""));
const primes = ["", " Strich", " zwei Strich", " drei Strich"];

export const formulaRules: readonly Rule[] = [
  rule(
    "name of a function",
    "sctal",
    /(?<![\p{L}\d])(arcsin|arccos|arctan|sin|cos|tan|cot|ln|log|lg)([₀-₉]+|_?(?:10|2)(?=\())?([²³]|⁻¹)?(?=\s?\(|\s?[\dαβγθφπ√]|x(?!\p{L})|\s[a-zα-ω](?!\p{L}))(\s?\()?/u,
    ([, name = "", base, power, bracket]) =>
      [
        power === "⁻¹" ? `Arkus${(names[name] ?? name).toLowerCase()}` : (names[name] ?? name),
        base === undefined
          ? ""
          : ` zur Basis ${/[₀-₉]/.test(base) ? figure(base, below) : cardinal(base.replace("_", ""))}`,
        power === "²" ? " Quadrat" : power === "³" ? " hoch drei" : "",
        bracket === undefined ? "" : " von ",
      ].join(""),
  ),
  rule(
    "function of an argument",
    letterStarts,
    /(?<![\p{L}\d])([fghFGP])(['’′]{1,3}|″)?\((?=[-−]?[\p{L}\d|∩∪ +−-]{1,10}\))/u,
    ([, name = "", marks = ""]) => `${name}${marks === "″" ? primes[2] : primes[marks.length]} von `,
  ),
  rule("prime of a function", "'’′″", /(?<=(?<!\p{L})[fghy])(['’′]{1,3}|″)(?=\s?[=+−,.;)]|\s?$)/u, ([marks = ""]) =>
    marks === "″" ? primes[2] : primes[marks.length],
  ),
  rule("integral with its bounds", "∫", /∫(?:([₀-₉]+)([⁰¹²³-⁹]+))?\s?/, ([, from, to]) =>
    from === undefined || to === undefined
      ? "Integral von "
      : `Integral von ${figure(from, below)} bis ${figure(to, above)} über `,
  ),
  rule("given that", "|", /(?<=P(?:\(| von )\p{Lu})\s?\|\s?(?=\p{Lu}\))/u, " unter der Bedingung "),
  rule("limit", "l", /(?<!\p{L})lim(?=[\s_(])/u, "Limes"),
  rule("limit of a letter", "→", /(?<=(?<!\p{L})\p{L}\s?)→(?=\s?[-−+]?(?:\d|∞))/u, "gegen"),
  rule("factorial", "!", /(?<=(?<!\p{L})[nk]|\d)!(?=\s?[=/·×*+−)])|(?<=(?<!\p{L})[nk])!(?=\s)/u, "Fakultät"),
  rule("aperture of a lens", "fF", /(?<![\p{L}\d])[fF]\/(?=\d+[.,]\d)/u, "f "),
  rule("product of a reaction", "→⟶⇌", /[→⟶⇌](?=\s?\d*\s?\p{Lu})/u, (match) =>
    /(?:[A-Z][a-z]?[₀-₉⁺⁻\d]*\)?|\([a-z]{1,2}\))\s?$/.test(beforeOf(match.input, match.index)) &&
    /[₀-₉+]/.test(beforeOf(match.input, match.index).slice(-24))
      ? "reagiert zu"
      : undefined,
  ),
  rule("arrow between two numbers", "→", /(?<=[\d%€]\s?)→(?=\s?[-−+]?\d)/, "auf"),
  rule("arrow between two places", "→", /(?<=\p{L}\s)→(?=\s\p{Lu}\p{Ll})/u, (match) =>
    /(?:[Ff]lug|[Zz]ug|[Ff]ahrt|[Rr]oute|[Ss]trecke|ICE|IC|RE|S\d|U\d|[Bb]us|Hbf)[^.;]*$/.test(
      beforeOf(match.input, match.index),
    ) || /Hbf|Bahnhof|Flughafen/.test(afterOf(match.input, match.index))
      ? "nach"
      : undefined,
  ),
  rule("rise or fall shown by an arrow before a number", "↑↓▲▼", /[↑↓▲▼](?=\s?[-+]?\d)/, ([sign]) =>
    sign === "↑" || sign === "▲" ? "plus" : "minus",
  ),
];
