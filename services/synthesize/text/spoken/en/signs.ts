import { chargeRules } from "../amounts/charge.ts";
import { before, digitStarts, type Rule, rule } from "../rule.ts";
import { cardinal, number, ordinal } from "./number.ts";

/** How symbols are spoken where the context does not show a more specific meaning. */
const names: Record<string, string> = {
  "=": "equals",
  "≠": "is not equal to",
  "≈": "is approximately",
  "≡": "is equivalent to",
  "≤": "is less than or equal to",
  "≥": "is greater than or equal to",
  "⩽": "is less than or equal to",
  "⩾": "is greater than or equal to",
  "±": "plus or minus",
  "×": "times",
  "÷": "divided by",
  "√": "the square root of",
  "∛": "the cube root of",
  "∞": "infinity",
  "∠": "angle",
  "△": "triangle",
  "⊥": "is perpendicular to",
  "∥": "is parallel to",
  "∈": "is in",
  "∉": "is not in",
  "∪": "union",
  "∩": "intersection",
  "⊂": "is a subset of",
  "⊆": "is a subset of",
  "∑": "the sum of",
  "∫": "the integral of",
  "∂": "partial",
  "∴": "therefore",
  "∵": "because",
  "⇒": "implies",
  "&": "and",
  "@": "at",
  "°": "degrees",
  "℃": "degrees Celsius",
  "℉": "degrees Fahrenheit",
  π: "pi",
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  Δ: "delta",
  θ: "theta",
  λ: "lambda",
  μ: "mu",
  σ: "sigma",
  Σ: "sigma",
  φ: "phi",
  ρ: "rho",
  τ: "tau",
  η: "eta",
  ε: "epsilon",
  ϵ: "epsilon",
  ζ: "zeta",
  κ: "kappa",
  ν: "nu",
  ξ: "xi",
  χ: "chi",
  ψ: "psi",
  ϕ: "phi",
  Γ: "gamma",
  Θ: "theta",
  Λ: "lambda",
  Φ: "phi",
  Ψ: "psi",
  "∝": "is proportional to",
  "⇌": "is in equilibrium with",
  "⇔": "if and only if",
  "⟹": "implies",
  "∀": "for all",
  "∃": "there exists",
  "∇": "nabla",
  "′": "prime",
  "″": "double prime",
  ω: "omega",
  Ω: "ohms",
  "≌": "is congruent to",
  "∅": "the empty set",
  "№": "number",
  "♯": "sharp",
  "♭": "flat",
  "♮": "natural",
  "♩": "quarter note",
  "♪": "eighth note",
  "§": "section",
  "¶": "paragraph",
  $: "dollars",
  "€": "euros",
  "£": "pounds",
  "¥": "yuan",
  "%": "percent",
  "½": "one half",
  "⅓": "one third",
  "⅔": "two thirds",
  "¼": "one quarter",
  "¾": "three quarters",
  "⅕": "one fifth",
  "⅖": "two fifths",
  "⅗": "three fifths",
  "⅘": "four fifths",
  "⅙": "one sixth",
  "⅛": "one eighth",
  "⅜": "three eighths",
  "⅝": "five eighths",
  "⅞": "seven eighths",
};

/** The spoken form of an exponent: "squared", "to the tenth power". */
export const power = (exponent: string): string => {
  if (exponent === "2") return "squared";
  if (exponent === "3") return "cubed";
  const figures = exponent.replace(/^[-−]/, "");
  const sign = /^[-−]/.test(exponent) ? "minus " : "";
  return `to the power of ${sign}${figures.replace(/\d+(?=(.?))/g, (n, next: string) => cardinal(n) + (next === "" ? "" : " "))}`;
};

/** Whether a sign is a Greek letter. Two Greek letters side by side belong to a word and are not spoken by name. */
const isGreek = (sign: string): boolean => /[\u0370-\u03ff]/.test(sign);

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const subscripts = "₀₁₂₃₄₅₆₇₈₉";
const circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const romans = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ";

/** Rules for a whole number with a fraction: 3½. */
export const mixedRules: readonly Rule[] = [
  rule(
    "mixed number",
    digitStarts,
    /(?<![\d.])(\d+)\s?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞])/,
    ([, whole = "", part = ""]) =>
      `${number(whole)} and ${(names[part] ?? "").replace(/^one (?=[h-z]|f|s)/, "a ").replace(/^one (?=e)/, "an ")}`,
  ),
];

/** Rules for symbols that have the same spoken form in any context. They are tried after all other rules. */
export const signRules: readonly Rule[] = [
  ...chargeRules({
    plus: "plus",
    minus: "minus",
    figure: cardinal,
    mass: (text) => (text.length > 2 ? `${cardinal(text.slice(0, -2))} ${cardinal(text.slice(-2))}` : cardinal(text)),
    gap: " ",
  }),
  rule("raised figures", superscripts, new RegExp(`[${superscripts}]+`), ([text]) =>
    power([...text].map((c) => superscripts.indexOf(c)).join("")),
  ),
  rule("raised minus", "⁻", new RegExp(`⁻[${superscripts}]+`), ([text]) =>
    power(`-${[...text.slice(1)].map((c) => superscripts.indexOf(c)).join("")}`),
  ),
  rule("lowered figures", subscripts, new RegExp(`[${subscripts}]+`), ([text]) =>
    number([...text].map((c) => subscripts.indexOf(c)).join("")),
  ),
  rule("circled number", circled, /[①-⑳]/, ([text]) => `${cardinal(String(circled.indexOf(text) + 1))},`),
  rule("Roman numeral in one character", romans, new RegExp(`[${romans}]`), ([text], place) =>
    /(?:Elizabeth|Henry|Louis|George|Charles|Edward)\s$/.test(before(place))
      ? `the ${ordinal(String(romans.indexOf(text) + 1))}`
      : cardinal(String(romans.indexOf(text) + 1)),
  ),
  rule("sign that is read by its name", Object.keys(names).join(""), /./u, ([sign], place) =>
    isGreek(sign) && isGreek(before(place, 1) + (place.text[place.index + 1] ?? "")) ? undefined : names[sign],
  ),
];
