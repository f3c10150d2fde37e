import type { Reading } from "../../../rule.ts";
import type { EasternTongue, FormulaWords } from "../tongue.ts";
import { exponent, loweredOf, powerOf } from "./notation.ts";

/** Reads the number that begins at an index, together with its sign, unit and counter, as words. */
export type ReadNumber = (text: string, index: number) => Reading | undefined;

/** Reads a unit of measure at an index. */
export type ReadUnit = (text: string, index: number) => Reading | undefined;

/** The spoken names of signs, by the written sign. */
export type Names = Readonly<Record<string, string | undefined>>;

/** The spoken form of a value in a formula, and features of the value by which formulas are recognized. */
interface Value extends Reading {
  readonly hasLetter: boolean;
  readonly hasFraction: boolean;
}

/** The spoken form of a sum or equation; `signsSeen` is the number of operators (`operator`) in it. */
export interface Sum extends Value {
  readonly isEquation: boolean;
  readonly signsSeen: number;
}

const operator = /\s?([-−–+×÷*·/=≠≈≤≥<>±])\s?/uy;
const power = new RegExp(exponent, "uy");
const quotient = /(\d{1,3})\/(\d{1,3})(?![\d/]|[.,]\d)/y;
const letters = /(?:sin|cos|tan|log|ln)\s?|[A-Z]{2,}(?![A-Za-z])|[A-Za-zα-ωΔΩ](?![A-Za-z]{3})[₀-₉ₙₘₖᵢⱼ₊₋]*/uy;
const minus = /[-−–]/;

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** The maximum depth of nested brackets; no formula that is read aloud needs more. */
const deepest = 4;

/** What a `FormulaReader` needs to read a formula. */
interface Reader {
  readonly tongue: EasternTongue;
  readonly words: FormulaWords;
  readonly readNumber: ReadNumber;
  readonly readUnit: ReadUnit;
  readonly signs: Names;
  /** Whether the formula contains letters, so that signs have their algebraic names if the language has any. */
  readonly isAlgebra: boolean;
}

/** A value of which only the beginning has been converted to words so far. */
interface Growing {
  readonly said: string[];
  /** `first`: where the value begins in the text, after its minus sign; `index`: where the unread text begins. */
  readonly first: number;
  index: number;
  hasLetter: boolean;
  hasFraction: boolean;
}

/** Reads text that may be a formula. */
export class FormulaReader {
  readonly #with: Reader;
  readonly #text: string;
  /** How many brackets are open where the reader is now; at most `deepest`. */
  #depth = 0;
  /** Where in the text the values of the formula begin, except for the first value and values in brackets. */
  readonly values: number[] = [];

  constructor(reader: Reader, text: string) {
    this.#with = reader;
    this.#text = text;
  }

  /** Reads the sum or equation that begins at `start`; undefined if no value begins there. */
  whole(start: number): Sum | undefined {
    const { tongue, words, signs, isAlgebra } = this.#with;
    const text = this.#text;
    const head = this.#value(start);
    if (head === undefined) return undefined;
    const sum = { ...head, isEquation: false, signsSeen: 0 };
    for (;;) {
      const sign = matchAt(operator, text, sum.end);
      if (sign === null) return sum;
      const [whole, mark = ""] = sign;
      const from = sum.end + whole.length;
      const next = this.#value(from);
      if (next === undefined || signs[mark] === undefined) return sum;
      const bound = tongue.beside.bounds[mark];
      const isAlone = sum.signsSeen === 0 && matchAt(operator, text, next.end) === null;
      if (bound !== undefined && isAlone && sum.hasLetter && !next.hasLetter)
        sum.spoken = tongue.beside.bound(head.spoken, next.spoken, bound);
      else {
        const left =
          mark === "="
            ? words.equals(sum.spoken, text.slice(next.end, next.end + 4), isAlgebra)
            : `${sum.spoken}${tongue.join}${signs[mark]}`;
        sum.spoken = left + tongue.join + next.spoken;
      }
      sum.end = next.end;
      if (this.#depth === 0) this.values.push(from);
      sum.hasLetter ||= next.hasLetter;
      sum.hasFraction ||= next.hasFraction;
      sum.isEquation ||= /[=≠≈≤≥]/.test(mark);
      sum.signsSeen++;
    }
  }

  /** Reads a value: adjacent numbers, letters and powers, or the content of brackets or a root. */
  #value(start: number): Value | undefined {
    const { tongue } = this.#with;
    const isNegative = minus.test(this.#text[start] ?? "");
    const first = isNegative ? start + 1 : start;
    const said = isNegative ? [tongue.signs["-"] ?? ""] : [];
    const value: Growing = { said, first, index: first, hasLetter: false, hasFraction: false };
    while (
      this.#root(value) ||
      this.#brackets(value) ||
      this.#power(value) ||
      this.#fraction(value) ||
      this.#number(value) ||
      this.#letter(value)
    );
    const { index: end, hasLetter, hasFraction } = value;
    return end === first ? undefined : { spoken: said.join(tongue.join), end, hasLetter, hasFraction };
  }

  #root(value: Growing): boolean {
    if (this.#text[value.index] !== "√") return false;
    value.said.push(this.#with.tongue.signs["√"] ?? "");
    value.index++;
    return true;
  }

  #brackets(value: Growing): boolean {
    const text = this.#text;
    const inner = value.index + 1;
    if (text[value.index] !== "(" || this.#depth >= deepest || !text.includes(")", inner)) return false;
    this.#depth++;
    const inside = this.whole(inner);
    this.#depth--;
    if (inside === undefined || text[inside.end] !== ")") return false;
    // The brackets of "2160 (4K)" explain the number: this is not a product.
    if (/^\d+[A-Z]\)/.test(text.slice(inner, inside.end + 1))) return false;
    value.said.push(inside.spoken);
    value.hasLetter ||= inside.hasLetter;
    value.hasFraction ||= inside.hasFraction;
    value.index = inside.end + 1;
    return true;
  }

  #power(value: Growing): boolean {
    const { tongue, readUnit } = this.#with;
    const above = value.index > value.first ? matchAt(power, this.#text, value.index) : null;
    if (above === null) return false;
    value.said.push((value.said.pop() ?? "") + powerOf(tongue, above[0]));
    value.index += above[0].length;
    // A unit may follow a power, as in "3×10⁸m/s".
    const unit = value.hasLetter ? undefined : readUnit(this.#text, value.index);
    if (unit !== undefined) {
      value.said.push(unit.spoken);
      value.index = unit.end;
    }
    return true;
  }

  /** Reads a fraction, as in ½mv² and 1/4 + 2/4; 8/2 is a division instead. Returns whether there was a fraction. */
  #fraction(value: Growing): boolean {
    const { tongue } = this.#with;
    const over = value.index === value.first ? matchAt(quotient, this.#text, value.index) : null;
    if (over === null) return false;
    const [whole, above = "", below = ""] = over;
    if (Number(below) < 2 || Number(above) % Number(below) === 0) return false;
    value.said.push(tongue.fraction(tongue.cardinal(above), tongue.cardinal(below)));
    value.hasFraction = true;
    value.index += whole.length;
    return true;
  }

  /** Reads a number as part of `value`, unless `value` has a number already. Returns whether a number was read. */
  #number(value: Growing): boolean {
    const text = this.#text;
    const { first, index } = value;
    if (!/\d/.test(text[index] ?? "") || /\d/.test(text[index - 1] ?? "")) return false;
    if (/\d/.test(text.slice(first, index))) return false;
    const number = this.#with.readNumber(text, index);
    if (number === undefined) return false;
    value.said.push(number.spoken);
    value.index = number.end;
    return true;
  }

  #letter(value: Growing): boolean {
    const { tongue, words } = this.#with;
    const letter = matchAt(letters, this.#text, value.index);
    if (letter === null) return false;
    const [, name = "", below = ""] = /^(.*?)([₀-₉ₙₘₖᵢⱼ₊₋]*)$/u.exec(letter[0].trim()) ?? [];
    value.said.push(words.letter(name));
    if (below !== "") value.said.push(loweredOf(tongue, below));
    value.hasLetter = true;
    value.index += letter[0].length;
    return true;
  }
}
