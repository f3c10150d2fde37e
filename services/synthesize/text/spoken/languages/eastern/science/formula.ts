import type { Reading, Rule } from "../../../rule.ts";
import type { EasternTongue, FormulaWords } from "../tongue.ts";
import { exponent, loweredOf, powerOf } from "./notation.ts";

/** A number at a place with its sign, unit and counter, as words. */
export type ReadNumber = (text: string, index: number) => Reading | undefined;

/** Finds a unit of measure at a place. */
export type ReadUnit = (text: string, index: number) => Reading | undefined;

const operator = /\s?([-−–+×÷*·/=≠≈≤≥<>±])\s?/uy;
const power = new RegExp(exponent, "uy");
const quotient = /(\d{1,3})\/(\d{1,3})(?![\d/]|[.,]\d)/y;
const letters = /(?:sin|cos|tan|log|ln)\s?|[A-Z]{2,}(?![A-Za-z])|[A-Za-zα-ωΔΩ](?![A-Za-z]{3})[₀-₉ₙₘₖᵢⱼ₊₋]*/uy;
const minus = /[-−–]/;

/** What was read, with what tells a formula from other text. */
interface Read extends Reading {
  readonly hasLetter: boolean;
  readonly hasFraction: boolean;
  readonly isEquation: boolean;
  readonly signsSeen: number;
}

/** Whether what was read at a place is a formula. If it is none, no part of it that goes on to its end is one. */
function isFormula(text: string, index: number, found: Read): boolean {
  if (/[A-Za-z]/.test(text[found.end] ?? "")) return false;
  const written = text.slice(index, found.end);
  const hasPower = /[²³⁴-⁹^]/.test(written);
  const isSum = found.hasFraction && found.signsSeen > 0 && /[+×÷*]| [-−] /.test(written);
  return (
    ((found.isEquation || hasPower) && found.signsSeen > 0) ||
    isSum ||
    (found.hasLetter && (hasPower || (found.signsSeen > 0 && /[+×÷=−<>≤≥]| - /.test(written))))
  );
}

/**
 * A formula is read as a whole, so that it is known what each sign does: a minus between two values takes away, one before a value makes
 * it negative, and what says "is" belongs to the value before it. What has neither an equals sign nor a letter with a sign is none.
 */
export function formulaRule(
  tongue: EasternTongue,
  words: FormulaWords,
  readNumber: ReadNumber,
  readUnit: ReadUnit,
): Rule {
  const { join, signs } = tongue;
  const names: Readonly<Record<string, string | undefined>> = {
    ...signs,
    "+": signs.more,
    "-": signs.less,
    "−": signs.less,
    "–": signs.less,
    "*": signs["×"],
    "·": signs["×"],
    "/": signs["÷"],
  };
  /** Letters are reckoned with, so that signs have the names of algebra where it has its own. */
  let isAlgebra = false;
  /** Where the values of what is being read begin, those in brackets left out. */
  let values: number[] = [];
  /** A text, and where values of it begin that are none of a formula: what is no formula holds none that goes on to its end. */
  const plain = { text: "", values: new Set<number>() };
  /** How many brackets are open; no formula that is read aloud has more than a few. */
  let depth = 0;
  const matchAt = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
    pattern.lastIndex = index;
    return pattern.exec(text);
  };
  /** A value: numbers, letters and powers that stand side by side, or what brackets or a root hold. */
  function value(
    text: string,
    start: number,
  ): (Reading & { readonly hasLetter: boolean; readonly hasFraction: boolean }) | undefined {
    const said: string[] = [];
    let index = start;
    let hasLetter = false;
    let hasFraction = false;
    if (minus.test(text[index] ?? "")) {
      said.push(signs["-"] ?? "");
      index++;
    }
    const first = index;
    while (index < text.length) {
      const c = text[index] ?? "";
      if (c === "√") {
        said.push(signs["√"] ?? "");
        index++;
        continue;
      }
      if (c === "(" && (index === first || said.length > 0)) {
        if (depth >= 4 || !text.includes(")", index)) break;
        depth++;
        const inside = whole(text, index + 1);
        depth--;
        // 2160 (4K) is no product.
        if (
          inside === undefined ||
          text[inside.end] !== ")" ||
          /^\d+[A-Z]\)/.test(text.slice(index + 1, inside.end + 1))
        )
          break;
        said.push(inside.spoken);
        hasLetter ||= inside.hasLetter;
        hasFraction ||= inside.hasFraction;
        index = inside.end + 1;
        continue;
      }
      const above = index > first ? matchAt(power, text, index) : null;
      if (above !== null) {
        const last = said.pop() ?? "";
        said.push(last + powerOf(tongue, above[0]));
        index += above[0].length;
        // 3×10⁸m/s is measured.
        const unit = hasLetter ? undefined : readUnit(text, index);
        if (unit === undefined) continue;
        said.push(unit.spoken);
        index = unit.end;
        continue;
      }
      // ½mv², 1/4 + 2/4; but 8/2 is divided.
      const over = index === first ? matchAt(quotient, text, index) : null;
      if (over !== null && Number(over[2]) > 1 && Number(over[1]) % Number(over[2]) !== 0) {
        said.push(tongue.fraction(tongue.cardinal(over[1] ?? ""), tongue.cardinal(over[2] ?? "")));
        hasFraction = true;
        index += over[0].length;
        continue;
      }
      const number = /\d/.test(c) && !/\d/.test(text[index - 1] ?? "") ? readNumber(text, index) : undefined;
      if (number !== undefined && (index === first || !/\d/.test(text.slice(first, index)))) {
        said.push(number.spoken);
        index = number.end;
        continue;
      }
      const letter = matchAt(letters, text, index);
      if (letter === null) break;
      const [, name = "", below = ""] = /^(.*?)([₀-₉ₙₘₖᵢⱼ₊₋]*)$/u.exec(letter[0].trim()) ?? [];
      said.push(words.letter(name));
      if (below !== "") said.push(loweredOf(tongue, below));
      hasLetter = true;
      index += letter[0].length;
    }
    return index === first ? undefined : { spoken: said.join(join), end: index, hasLetter, hasFraction };
  }

  /** The sum or equation at a place. */
  function whole(text: string, start: number) {
    const called = isAlgebra ? { ...names, ...words.algebra } : names;
    const head = value(text, start);
    if (head === undefined) return undefined;
    let { spoken, end, hasLetter, hasFraction } = head;
    let isEquation = false;
    let signsSeen = 0;
    for (;;) {
      const sign = matchAt(operator, text, end);
      const mark = sign?.[1] ?? "";
      const from = end + (sign?.[0].length ?? 0);
      const next = sign === null ? undefined : value(text, from);
      if (next === undefined || called[mark] === undefined) break;
      spoken =
        mark === "="
          ? words.equals(spoken, text.slice(next.end, next.end + 4), isAlgebra)
          : `${spoken}${join}${called[mark]}`;
      const bound = tongue.beside.bounds[mark.replace("＞", ">")];
      const isLast = matchAt(operator, text, next.end) === null && signsSeen === 0;
      if (bound !== undefined && isLast && hasLetter && !next.hasLetter)
        spoken = tongue.beside.bound(head.spoken, next.spoken, bound);
      else spoken += join + next.spoken;
      end = next.end;
      if (depth === 0) values.push(from);
      hasLetter ||= next.hasLetter;
      hasFraction ||= next.hasFraction;
      isEquation ||= /[=≠≈≤≥]/.test(mark);
      signsSeen++;
    }
    return { spoken, end, hasLetter, hasFraction, isEquation, signsSeen };
  }

  return {
    name: "formula",
    starts: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzπαβγθλμωΔ√(-−",
    read({ text, index }) {
      if (/[A-Za-z\d.,_@)%°²³-]/.test(text[index - 1] ?? "")) return undefined;
      if (!/^[^\n。]{1,40}?[-−+×÷*=≠≈≤≥<>²³⁰-⁹^]/u.test(text.slice(index, index + 44))) return undefined;
      if (plain.text !== text) plain.values.clear();
      plain.text = text;
      if (plain.values.has(index)) return undefined;
      values = [];
      isAlgebra = false;
      let found = whole(text, index);
      if (found?.hasLetter && words.algebra !== undefined) {
        isAlgebra = true;
        found = whole(text, index);
      }
      if (found !== undefined && isFormula(text, index, found)) return found;
      for (const start of values) plain.values.add(start);
      return undefined;
    },
  };
}
