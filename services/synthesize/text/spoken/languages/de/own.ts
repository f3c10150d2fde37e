import { chargeRules } from "../../amounts/charge.ts";
import { digitStarts, type Rule, rule } from "../../rule.ts";
import { beforeOf } from "../patterns.ts";
import { parseFigure, sayFigure, spell } from "../western/figure.ts";
import type { Tongue } from "../western/tongue.ts";
import { formulaRules } from "./formulas.ts";
import { grammarRules } from "./grammar.ts";
import { identityRules } from "./identity.ts";
import { measureRules } from "./measures.ts";
import { cardinal } from "./number.ts";
import { romanRules } from "./ordinals.ts";
import { personRules } from "./persons.ts";

const days: Readonly<Record<string, string>> = {
  Mo: "Montag",
  Di: "Dienstag",
  Mi: "Mittwoch",
  Do: "Donnerstag",
  Fr: "Freitag",
  Sa: "Samstag",
  So: "Sonntag",
};
const either = Object.keys(days).join("|");
const nounsAfterSlash =
  "Monat|Jahr|Tag|Nacht|Woche|Stunde|Std|Minute|Person|Stück|Stk|Kopf|Kilo|Quadratmeter|Liter|Portion|Teilnehmer|Fahrt|Kind|Erwachsener|Monate|Packung|Flasche|Anruf|Einwohner";

/** Rules for numbers and symbols in ways of writing that only German has. `tongue` returns how German says numbers. */
export const ownRules = (tongue: () => Tongue): readonly Rule[] => [
  ...romanRules,
  ...chargeRules({ plus: "plus", minus: "minus", figure: cardinal, mass: cardinal, gap: " " }),
  ...formulaRules,
  ...grammarRules,
  ...personRules(tongue),
  ...identityRules(tongue),
  rule(
    "abbreviated street at the end of a name",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ",
    /(?<!\p{L})(\p{Lu}[\p{L}-]*\p{Ll}|\p{Lu}[\p{L}-]*-S)tr\.(?!\p{L})/u,
    ([, name = ""]) => (/[sS]$/.test(name) ? `${name}traße` : undefined),
  ),
  rule(
    "days of a span",
    "MDFS",
    new RegExp(`(?<![\\p{L}\\d])(${either})\\.?\\s?(?:[-–]|bis)\\s?(${either})(?![\\p{L}\\d])(?:\\.(?!\\s*$))?`, "u"),
    ([, from = "", to = ""]) => `${days[from]} bis ${days[to]}`,
  ),
  rule(
    "short day",
    "MDFS",
    new RegExp(
      `(?<![\\p{L}\\d])(${either})(?:\\.(?=,|\\s\\d|\\s(?:und|oder|bis|von|ab|geschlossen|zu|frei|Ruhetag|nach|früh|vormittags|nachmittags|abends|ganztägig|nur|um)(?!\\p{L})|\\s?/)|(?=,?\\s\\d{1,2}[.:–-]|\\s\\d{1,2}\\sUhr|\\s(?:und|,)\\s(?:${either})(?!\\p{L})))`,
      "u",
    ),
    ([, day = ""], { text, index }) =>
      days[day] === undefined || /(?:^|\s)(?:Frau|Herr)\s$/.test(beforeOf(text, index)) ? undefined : days[day],
  ),
  rule(
    "number of times",
    digitStarts,
    /(?<![\d.,])(\d{1,3})(?:\s?[×x]|-mal|\smal)(?=\s\p{Ll}|[.,;)]|\s?\/\s?\p{Lu}|\s*$|\spro\s)/u,
    ([text, n = ""], { text: whole, index }) =>
      text.endsWith("x") && /[=+−]\s?$|d[a-z]\/d[a-z]/.test(beforeOf(whole, index))
        ? undefined
        : `${n === "1" ? "ein" : cardinal(n)}mal`,
  ),
  rule(
    "colon as a division sign",
    digitStarts,
    /(?<![\d.,])(\d+(?:[.,]\d+)*)\s?:\s?(?=\d[\d.,]*\s?=)/,
    ([, left = ""], { text, index }) =>
      /verhältnis|maßstab/i.test(beforeOf(text, index))
        ? undefined
        : `${sayFigure(parseFigure(left), {}, tongue())} geteilt durch`,
  ),
  ...measureRules(tongue),
  rule("per so many", "/", /(?<=[\p{L}€$²³.]\s?)\/\s?(?=\d)/u, "auf"),
  rule(
    "per something",
    "/",
    new RegExp(`(?<=[\\p{L}\\d€$²³%.]\\s?)/\\s?(?=(?:${nounsAfterSlash})(?!\\p{L}))`, "u"),
    "pro",
  ),
  rule(
    "one value over another, as in blood pressure",
    digitStarts,
    /(?<![\d.,/])(\d{2,3})\/(?=\d{2,3}(?![\d/]|[.,]\d))/,
    ([, above = ""], { text, index }) =>
      /blutdruck/i.test(beforeOf(text, index)) ? `${cardinal(above)} zu` : undefined,
  ),
  rule("post code", digitStarts, /(?<=(?:,|^|\n|PLZ)\s?)\d{5}(?=\s\p{Lu}\p{Ll})/u, ([text]) => spell(text, tongue())),
  rule(
    "abbreviation nr. at the end of a word",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    /(?<!\p{L})(\p{Lu}\p{Ll}{2,})nr\.(?!\p{L})/u,
    ([, name = ""]) => `${name}nummer`,
  ),
  rule("times between letters", "·", /(?<=[\p{L}\d)²³]\s?)·(?=\s?[\p{L}(])/u, "mal"),
  rule("double section sign (§§)", "§", /§§/, "Paragrafen"),
  rule(
    "number and a half",
    digitStarts,
    /(?<![\d.,/])(\d+)\s1\/2(?![\d/]|[.,]\d)/,
    ([, whole = ""]) => `${whole === "1" ? "ein" : cardinal(whole)}einhalb`,
  ),
  rule(
    "number with the ending -er or -ern",
    digitStarts,
    /(?<![\d.,])(\d+)(?:er|ern)(?![\p{L}\d])/u,
    ([text, n = ""]) => `${n.length === 4 ? yearOf(tongue(), n) : cardinal(n)}${text.slice(n.length)}`,
  ),
  rule(
    "number at the start of a compound word",
    digitStarts,
    /(?<![\d.,-])(\d{1,4})-?((?:jährig|köpfig|stündig|minütig|tägig|wöchig|monatig|malig|teilig|stellig|fach|prozentig|stöckig|türig|seitig|sitzig|gängig|spurig|eckig|dimensional)(?:e[rnsm]?)?)(?!\p{L})/u,
    ([, n = "", word = ""]) => `${n === "1" ? "ein" : cardinal(n)}${word}`,
  ),
];

const yearOf = (tongue: Tongue, digits: string): string =>
  tongue.year?.(digits, { before: "#month ", after: "" }) ?? cardinal(digits);
