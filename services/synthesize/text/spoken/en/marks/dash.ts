import { after, before, type Rule, rule } from "../../rule.ts";

/**
 * How a dash is read depends on what stands on either side: it is silent in names, "minus" in formulas and before
 * negative numbers, and "to" between two amounts. Earlier rules read ranges with units or money as a whole
 * (`amount.ts`), and codes as names (`identity/token.ts`).
 */

/** Matches the operand before a minus sign in a formula: `3`, `2x`, `x²`, `)`; `operandAfter`: the one after it. */
const operandBefore = /(?:\d|(?<![A-Za-z])\d*[A-Za-z]|[A-Za-z]\d|[πθαβλΔ²³⁰-⁹₀-₉)\]%]|[a-z]{2} )\s?$/;
const operandAfter = /^\s?(?:[(√|π]|\d|\$|[A-Za-z](?![A-Za-z]{2}-)|\\)/;
const inFormula = /[=≠≈<>≤≥≡÷×]|\d\s?[+*^]\s?\d|\)\s?[/^×*]|[/×*]\s?\(|[²³⁰-⁹]/;

/** Whether a sign at `index` is in a formula: near another arithmetic sign, or after a word such as "calculate". */
export function isSum(text: string, index: number): boolean {
  const left =
    text
      .slice(Math.max(0, index - 30), index)
      .split(/[,;:]\s/)
      .at(-1) ?? "";
  const right = text.slice(index + 1, index + 31).split(/[,;:.]\s/)[0] ?? "";
  return (
    inFormula.test(left) ||
    inFormula.test(right) ||
    /\b(?:[Cc]ompute|[Cc]alculate|[Ss]ubtract|[Ss]olve|[Ee]valuate|[Ww]hat is|[Ww]hat['’]s|[Ss]implify|[Ww]ork out)\b/.test(
      left,
    )
  );
}

export const dashRules: readonly Rule[] = [
  rule("range of ordinals, such as 1st-3rd", "-–—", /(?<=\d(?:st|nd|rd|th)\s?)[-–—](?=\s?\d+(?:st|nd|rd|th))/, "to"),
  rule("range that begins with a fraction", "-–—", /(?<=\d?[½¼¾⅓⅔⅛⅜⅝⅞]\s?)[-–—]\s?(?=\d)/, "to "),
  rule(
    "between two vertebrae",
    "-–",
    /(?<=(?<![A-Za-z\d])([CTL])(\d{1,2}))[-–](?=(?:\1\d{1,2}|[TLS]1)(?![\dA-Za-z]))/,
    (match) => {
      const next = Number(/\d+/.exec(after(match, 4))?.[0]);
      return next === Number(match[2]) + 1 || next === 1 ? " " : undefined;
    },
  ),
  rule(
    "from airport to airport",
    "-–—→",
    /(?<=(?<![A-Za-z\d-])[A-Z]{3}\s?)(?:[–→]|-(?=[A-Z]{3}(?![A-Za-z-])))(?=\s?[A-Z]{3}(?![A-Za-z-]))/,
    (match, place) =>
      match[0] === "–" ||
      match[0] === "→" ||
      /\b(?:[Ff]l(?:ights?|y|ies)|[Rr]oute|nonstop|fares?|takes|via|legs?)\b/.test(before(place, 32) + after(match, 24))
        ? "to"
        : undefined,
  ),
  rule("range such as A1-A5", "-–", /(?<=(?<![A-Za-z])([A-Z])\d{1,2})[-–](?=\1\d{1,2}(?![\dA-Za-z]))/, "to"),
  rule(
    "from amount to amount",
    "-–—−~～",
    /(?<=(?:\d|[%°]|\d\s?°?\s?[CFMmskK]|°[CF])\s?)[-–—~～]\s?(?=[\d$€£¥]|[-−]\d)/,
    (match, place) => {
      if (
        /[A-Za-z]/.test(before(place, 1)) &&
        !/(?:\d\s?(?:[AaPp]\.?[Mm]|[A-Za-z]{1,3})\.?|°\s?[CF])$/.test(before(place, 8))
      )
        return undefined;
      if (/^[-−]/.test(after(match)) && /^[-−]/.test(match[0])) return undefined;
      if (/[-–]/.test(match[0]) && isSum(place.text, place.index) && /[\d)]$/.test(before(place, 3).trim()))
        return undefined;
      if (/^\s?—|\s—\s/.test(match[0])) return undefined;
      return /\s-\s?$/.test(before(place, 1) + match[0]) ? undefined : "to";
    },
  ),
  rule(
    "minus between terms with a coefficient",
    "-–",
    /(?<=(?<![A-Za-z\d])\d+[a-z][²³]?\s?)[-–](?=\s?\d*[a-z](?![A-Za-z]))/,
    "minus",
  ),
  rule(
    "minus or to between spaced numbers",
    "-–",
    /(?<=(?<![\d.,:/$^])(\d+(?:\.\d+)?)\s)[-–](?=\s(\d+(?:\.\d+)?)(?![\d:/]|[.,]\d))/,
    ([, left = "", right = ""], place) =>
      Number(left) > Number(right) || /[=+÷]\s?[\d.]+\s$/.test(before(place)) ? "minus" : "to",
  ),
  rule("minus sign between or before operands", "−", /−/, (match, place) =>
    operandBefore.test(before(place, 3)) || /^\s?[\dA-Za-z(√πθ∞−-]/.test(after(match)) ? "minus" : undefined,
  ),
  rule("minus between words in an equation", "-–", /(?<=[A-Za-z)]\s)[-–](?=\s[A-Za-z(\d])/, (_match, place) =>
    /=[^.;]*$/.test(before(place, 40)) ? "minus" : undefined,
  ),
  rule("minus between operands of a sum", "-–", /[-–](?=\s?[(√|πθ\dA-Za-z$])/, (match, place) => {
    const left = before(place, 4);
    if (!operandBefore.test(left) || !operandAfter.test(after(match))) return undefined;
    if (/[A-Za-z]{2}-?$/.test(left) && !/\s$/.test(left)) return undefined;
    if (/^[A-Za-z]{2}/.test(after(match)) && !/\s$/.test(left)) return undefined;
    return isSum(place.text, place.index) ? "minus" : undefined;
  }),
  rule(
    "minus between a letter and a figure",
    "-–",
    /(?<=(?<![A-Za-z\d.])\d*[a-z]\s?)[-–](?=\s?\d+(?![\d-]|[A-Za-z]{2}))/,
    (_match, place) => (/(?<![A-Za-z'’])[n-z]\s?$|[(=]\d*[a-z]\s?$/.test(before(place, 6)) ? "minus" : undefined),
  ),
  rule("minus before a fraction", "-−", /(?<![\dA-Za-z)°%]\s?)[-−](?=\d+\/\d+(?![\d/]))/, "minus"),
  rule("minus before a letter or root", "-", /(?<=[=(<>≤≥+×*/,]\s?)-(?=[A-Za-z\d√(π∞])/, "minus"),
];
