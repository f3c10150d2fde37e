import { digitStarts, letterStarts, type Rule } from "../../../rule.ts";
import type { EasternTongue, FormulaWords } from "../tongue.ts";
import { FormulaReader, type Names, type ReadNumber, type ReadUnit, type Sum } from "./formula-reader.ts";

/**
 * Reads a formula as a whole, so that the function of each sign is known: a minus between two values subtracts, one
 * before a value makes it negative, and the words for an equals sign depend on the value before it. Text with neither
 * an equals sign nor a letter with an operator is not a formula.
 */
export function formulaRule(
  tongue: EasternTongue,
  words: FormulaWords,
  readNumber: ReadNumber,
  readUnit: ReadUnit,
): Rule {
  const names = namesOfSigns(tongue);
  const inAlgebra = words.algebra === undefined ? undefined : { ...names, ...words.algebra };
  /**
   * The text that was read last, and the indices in it at which no formula begins. If a piece of text is not a formula,
   * no shorter piece that ends at the same index is one, so these indices need not be tried again.
   */
  const plain = { text: "", values: new Set<number>() };
  const readerOf = (text: string, signs: Names, isAlgebra: boolean): FormulaReader =>
    new FormulaReader({ tongue, words, readNumber, readUnit, signs, isAlgebra }, text);
  return {
    name: "formula",
    starts: `${digitStarts}${letterStarts}παβγθλμωΔ√(-−`,
    read({ text, index }) {
      if (/[A-Za-z\d.,_@)%°²³-]/.test(text[index - 1] ?? "")) return undefined;
      if (!/^[^\n。]{1,40}?[-−+×÷*=≠≈≤≥<>²³⁰-⁹^]/u.test(text.slice(index, index + 44))) return undefined;
      if (plain.text !== text) plain.values.clear();
      plain.text = text;
      if (plain.values.has(index)) return undefined;
      let reader = readerOf(text, names, false);
      let found = reader.whole(index);
      if (found?.hasLetter && inAlgebra !== undefined) {
        reader = readerOf(text, inAlgebra, true);
        found = reader.whole(index);
      }
      if (found !== undefined && isFormula(text, index, found)) return found;
      for (const start of reader.values) plain.values.add(start);
      return undefined;
    },
  };
}

/** The names of signs between two values; before a single value, plus and minus have other names. */
const namesOfSigns = ({ signs }: EasternTongue): Names => ({
  ...signs,
  "+": signs.more,
  "-": signs.less,
  "−": signs.less,
  "–": signs.less,
  "*": signs["×"],
  "·": signs["×"],
  "/": signs["÷"],
});

/**
 * Whether the text from `index` to the end of `found` is a formula. If it is not, neither is any text that begins later
 * and ends at the same position.
 */
function isFormula(text: string, index: number, found: Sum): boolean {
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
