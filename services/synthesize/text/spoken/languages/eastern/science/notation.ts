import { capitalStarts, digitStarts, letterStarts, type Rule, rule } from "../../../rule.ts";
import type { EasternTongue } from "../tongue.ts";

const lowered = "₀₁₂₃₄₅₆₇₈₉";
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** A pattern for an exponent: superscript digits with an optional minus, ⁿ, or a number or n after a caret. */
export const exponent = `(?:⁻?[${raised}]+|ⁿ|\\^(?:[-−]?\\d+|\\{[-−]?\\d+\\}|\\([-−]?\\d+\\)|n))`;

/** The spoken form of an exponent; `written` is the exponent as it is written, such as `²` or `^2`. */
export function powerOf(tongue: EasternTongue, written: string): string {
  if (/n|ⁿ/.test(written)) return tongue.power("n");
  const isMinus = /[⁻−-]/.test(written);
  const digits = [...written].map((c) => (raised.includes(c) ? raised.indexOf(c) : /\d/.test(c) ? c : "")).join("");
  const said = tongue.cardinal(digits);
  return tongue.power(isMinus ? `${tongue.signs["-"]}${tongue.join}${said}` : said);
}

const loweredLetters: Readonly<Record<string, string>> = { ₙ: "n", ₘ: "m", ₖ: "k", ᵢ: "i", ⱼ: "j", ᵣ: "r" };

/** The spoken form of a subscript, as in a₁ and aₙ₊₁; `written` is the subscript as it is written. */
export function loweredOf(tongue: EasternTongue, written: string): string {
  return (written.match(/[₀-₉]+|./gu) ?? [])
    .map((piece) =>
      piece === "₊"
        ? tongue.signs["+"]
        : piece === "₋"
          ? tongue.signs["-"]
          : loweredLetters[piece] !== undefined
            ? tongue.formula.letter(loweredLetters[piece])
            : tongue.cardinal([...piece].map((c) => lowered.indexOf(c)).join("")),
    )
    .join(tongue.join);
}

/** Rules for powers, logarithms, factorials, derivatives, and the symbols of geometry, sets and programming. */
export function notationRules(tongue: EasternTongue): readonly Rule[] {
  const { notation } = tongue.science;
  const say = (written: string): string => {
    const [whole = "", part] = written.split(".");
    return /^\d/.test(written)
      ? part === undefined
        ? tongue.cardinal(whole)
        : tongue.decimal(whole, part)
      : tongue.formula.letter(written);
  };
  return [
    rule(
      "isotope",
      raised,
      new RegExp(`(?<![A-Za-z\\d)])([${raised}]{1,3})([A-Z][a-z]?)(?![a-z])`),
      ([, mass = "", name = ""]) =>
        [name, tongue.cardinal([...mass].map((c) => raised.indexOf(c)).join(""))].join(tongue.join),
    ),
    rule("combinations", `${lowered}ₙ`, /([₀-₉]+|ₙ)([CPH])([₀-₉]+|[ᵣₖₙ])/, ([, of = "", sign = "", chosen = ""]) =>
      [loweredOf(tongue, of), sign, loweredOf(tongue, chosen)].join(tongue.join),
    ),
    rule(
      "integral with its bounds",
      "∫",
      /∫([₀-₉]+)([⁰¹²³⁴-⁹]+)/,
      ([, from = "", to = ""]) =>
        `${notation.marks["∫"]}${tongue.join}${tongue.range(loweredOf(tongue, from), tongue.cardinal([...to].map((c) => raised.indexOf(c)).join("")))}${tongue.join}`,
    ),
    rule("diameter", "Øφ⌀", /[Øφ⌀]\s?(?=\d)/, () => notation.diameter),
    rule("equals sign before a spreadsheet formula", "=", /=(?=[A-Z]{2,}\()/, () => notation.code["="]),
    rule(
      "span of cells",
      capitalStarts,
      /(?<![A-Za-z\d])([A-Z]{1,2})(\d{1,4}):([A-Z]{1,2})(\d{1,4})(?!\d)/,
      ([, column = "", row = "", lastColumn = "", lastRow = ""]) =>
        tongue.range(
          `${column}${tongue.join}${tongue.cardinal(row)}`,
          `${lastColumn}${tongue.join}${tongue.cardinal(lastRow)}`,
        ),
    ),
    rule("tilde of a name", "~", /(?<=[A-Za-z])~(?=\d)/, () => notation.code["~"]),
    rule(
      "power of a number",
      digitStarts,
      new RegExp(`(?<![\\d.,A-Za-z])(\\d+(?:\\.\\d+)?)(${exponent})(?![A-Za-zα-ω\\d²³]|\\s?[-−+×÷*·/=])`),
      ([, base = "", above = ""]) => say(base) + powerOf(tongue, above),
    ),
    rule(
      "logarithm",
      "l",
      new RegExp(`(?<![A-Za-z])log([${lowered}]+)\\s?\\(?(\\d+(?:\\.\\d+)?|[a-z](?![A-Za-z]))\\)?`),
      ([, low = "", of = ""]) =>
        notation.logarithm(tongue.cardinal([...low].map((c) => lowered.indexOf(c)).join("")), say(of)),
    ),
    rule(
      "factorial",
      `${digitStarts}${letterStarts}`,
      /(?<![A-Za-z\d.,])(\d+|[nmk])!(?=\s?[=×÷/はのをが은는을를이])(?!=)/,
      ([, of = ""]) => notation.factorial(say(of)),
    ),
    rule(
      "derivative",
      letterStarts,
      /(?<![A-Za-z])([a-zA-Z])(['′’]{1,2}|″)(?=\(|\s?=)/,
      ([, name = "", marks = ""]) =>
        tongue.formula.letter(name) + tongue.join + notation.primes[marks.length > 1 || marks === "″" ? 1 : 0],
    ),
    rule(
      "sign of a program",
      "!=&|<>-+*/",
      /(?<=[\w)\]`]\s?)(?:!==?|={2,3}|&&|\|\||[-+*/]=|=>|->|\+\+|\/\/|\*\*|<=|>=)/,
      ([sign]) =>
        notation.code[sign] === undefined ? undefined : `${tongue.join}${notation.code[sign]}${tongue.join}`,
    ),
    rule("sign of geometry or sets", Object.keys(notation.marks).join(""), /\S/, ([sign], { text, index }) =>
      sign === "△" && !/^[A-Z]{3}/.test(text.slice(index + 1, index + 4)) ? undefined : notation.marks[sign],
    ),
  ];
}
