import { after, before, type Rule, rule } from "../../rule.ts";

const formula: Record<string, string> = {
  "<": "is less than",
  ">": "is greater than",
  "≤": "is less than or equal to",
  "≥": "is greater than or equal to",
};
const plain: Record<string, string> = { "<": "less than", ">": "greater than", "≤": "at most", "≥": "at least" };

/** Matches the operand before `<` or `>` in a comparison, such as a number, a bracket, `x`, `pH` or `count`. */
const formulaBefore =
  /(?:(?<![A-Za-z\d])[A-Za-z]|\d|[)\]|²³⁰-⁹₀-₉πθ%°∞]|(?<![A-Za-z])(?:[A-Z]{2,5}|pH|[A-Z][a-z]?₂|sin|cos|tan|sum|area|length|count|value|len|size|dx)|[A-Za-z]\d+)\s{0,2}$/;
const menuBefore =
  /(?:\b(?:[Gg]o to|[Cc]lick|[Tt]ap|[Oo]pen|[Ss]elect|[Cc]hoose|[Nn]avigate|[Ii]n|[Uu]nder|[Vv]ia|[Ss]ettings|[Mm]enu|File|Edit|View|Tools|Help|System|Preferences)\b|>)[^.;]*$/;

/** Rules for `<`, `>` and similar signs, which mean a comparison or separate the steps of a menu. */
export const compareRules: readonly Rule[] = [
  rule(
    "step of a menu",
    ">›»→",
    /(?<=[A-Za-z)”"’]\s)[>›»→](?=\s[A-Z“"\d])|(?<=[a-z]{2})[>›](?=[A-Z][a-z])/,
    (match, place) =>
      /^\s?[A-Z“"]/.test(after(match)) &&
      !/(?<![A-Za-z])[A-Za-z]\d?\s$/.test(before(place, 3)) &&
      !/^\s?[A-Z]\d?(?![A-Za-z])/.test(after(match))
        ? match[0] === "→" && !menuBefore.test(before(place, 40))
          ? undefined
          : "then"
        : menuBefore.test(before(place, 60)) && /^\s\d+%/.test(after(match))
          ? "then"
          : undefined,
  ),
  rule("less-than-or-equal sign typed as <=", "<", /<=(?!>)/, (_match, place) =>
    formulaBefore.test(before(place, 8)) ? formula["≤"] : plain["≤"],
  ),
  rule("greater-than-or-equal sign typed as >=", ">", />=/, (_match, place) =>
    formulaBefore.test(before(place, 8)) ? formula["≥"] : plain["≥"],
  ),
  rule(
    "comparison sign between two operands",
    "<>≤≥⩽⩾",
    /[<>≤≥⩽⩾](?=\s?(?:[-−+$€£\dA-Za-z(√π|]|\.\d))/,
    ([sign], place) => {
      const left = before(place, 10);
      const key = sign.replace("⩽", "≤").replace("⩾", "≥");
      return formulaBefore.test(left) ? formula[key] : plain[key];
    },
  ),
];
