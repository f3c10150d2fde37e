import type { Reading, Rule } from "../../../rule.ts";
import type { EasternTongue, FormulaWords } from "../tongue.ts";

/** A number at a place with its sign, unit and counter, as words. */
export type ReadNumber = (text: string, index: number) => Reading | undefined;

/** Finds a unit of measure at a place. */
export type ReadUnit = (text: string, index: number) => Reading | undefined;

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const operator = /\s?([-−–+×÷*·/=≠≈≤≥<>±])\s?/uy;
const power = /[⁰¹²³⁴-⁹]+|\^\d+/uy;
const letters = /(?:sin|cos|tan|log|ln)\s?|[A-Za-zα-ωΔΩ](?![A-Za-z]{3})/uy;
const minus = /[-−–]/;

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
  const matchAt = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
    pattern.lastIndex = index;
    return pattern.exec(text);
  };
  const digitsOf = (written: string): string =>
    written.startsWith("^") ? written.slice(1) : [...written].map((c) => raised.indexOf(c)).join("");

  /** A value: numbers, letters and powers that stand side by side, or what brackets or a root hold. */
  function value(text: string, start: number): (Reading & { readonly hasLetter: boolean }) | undefined {
    const said: string[] = [];
    let index = start;
    let hasLetter = false;
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
        const inside = whole(text, index + 1);
        if (inside === undefined || text[inside.end] !== ")") break;
        said.push(inside.spoken);
        hasLetter ||= inside.hasLetter;
        index = inside.end + 1;
        continue;
      }
      const exponent = index > first ? matchAt(power, text, index) : null;
      if (exponent !== null) {
        const last = said.pop() ?? "";
        said.push(last + tongue.power(tongue.cardinal(digitsOf(exponent[0]))));
        index += exponent[0].length;
        // 3×10⁸m/s is measured.
        const unit = hasLetter ? undefined : readUnit(text, index);
        if (unit === undefined) continue;
        said.push(unit.spoken);
        index = unit.end;
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
      said.push(words.letter(letter[0].trim()));
      hasLetter = true;
      index += letter[0].length;
    }
    return index === first ? undefined : { spoken: said.join(join), end: index, hasLetter };
  }

  function whole(text: string, start: number) {
    const head = value(text, start);
    if (head === undefined) return undefined;
    let { spoken, end, hasLetter } = head;
    let isEquation = false;
    let signsSeen = 0;
    for (;;) {
      const sign = matchAt(operator, text, end);
      const mark = sign?.[1] ?? "";
      const next = sign === null ? undefined : value(text, end + sign[0].length);
      if (next === undefined || names[mark] === undefined) break;
      spoken =
        mark === "=" ? words.equals(spoken, text.slice(next.end, next.end + 4)) : `${spoken}${join}${names[mark]}`;
      spoken += join + next.spoken;
      end = next.end;
      hasLetter ||= next.hasLetter;
      isEquation ||= /[=≠≈≤≥]/.test(mark);
      signsSeen++;
    }
    return { spoken, end, hasLetter, isEquation, signsSeen };
  }

  return {
    name: "formula",
    starts: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzπαβγθλμωΔ√(-−",
    read({ text, index }) {
      if (/[A-Za-z\d.,_@)%°²³-]/.test(text[index - 1] ?? "")) return undefined;
      if (!/^[^\n。]{1,40}?[-−+×÷*=≠≈≤≥<>²³⁰-⁹^]/u.test(text.slice(index, index + 44))) return undefined;
      const found = whole(text, index);
      if (found === undefined || /[A-Za-z]/.test(text[found.end] ?? "")) return undefined;
      const hasPower = /[²³⁴-⁹^]/.test(text.slice(index, found.end));
      return ((found.isEquation || hasPower) && found.signsSeen > 0) ||
        (found.hasLetter && (hasPower || (found.signsSeen > 0 && /[+×÷=−<>≤≥]| - /.test(text.slice(index, found.end)))))
        ? found
        : undefined;
    },
  };
}
