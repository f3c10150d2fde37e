import type { Reading } from "../../../rule.ts";
import { afterOf, anyOf, beforeOf } from "../../patterns.ts";
import type { EasternTongue } from "../tongue.ts";

/** A number with commas and a decimal point, as a pattern. */
export const numberSource = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)`;

/** A number in a text, with its sign and with the unit, currency or counter that stands next to it. */
export interface Amount extends Reading {
  /** The unit, currency or counter, as written; "" if there is none. */
  readonly of: string;
  /** The number without its sign and unit, as written. */
  readonly number: string;
  /** Says the same number with `of` as its unit, currency or counter. */
  readonly as: (of: string) => string;
}

/** Reads amounts (numbers with their sign and unit, currency or counter) in one language. */
export interface AmountReader {
  /** The amount that begins at `index`; undefined if no amount begins there. */
  amountAt(text: string, index: number): Amount | undefined;
  /** The unit of measure that begins at `index`; undefined if no unit begins there. */
  unitAt(text: string, index: number): Reading | undefined;
  /** Adds to `amount` the divisor that follows it, if any: "/L" in "12.5km/L", "/人" in "1,000円/人". */
  withDivisor(amount: Amount, text: string): Amount;
}

/** Creates the amount reader of a language. */
export function createAmountReader(tongue: EasternTongue): AmountReader {
  const units = anyOf(tongue.units.keys(), "A-Za-z");
  const money = anyOf(tongue.currencies.keys(), "A-Za-z");
  const amount = new RegExp(
    `([-−+±]?)(?:(${money})\\s?)?(${numberSource})(?:\\s?(${units})|\\s?(${tongue.counters})|\\s?(${money}))?`,
    "uy",
  );
  const unit = new RegExp(`\\s?(${units})`, "uy");
  /** Matches a division by a product of units: `J/(mol·K)`. */
  const perProduct = new RegExp(`\\s?/\\s?\\((${units}|K)[·・*](${units}|K)\\)`, "uy");
  const perOne = new RegExp(`\\s?/\\s?(${units}|${tongue.perCounters})`, "uy");
  const nameOf = (written: string): string => (written === "K" ? tongue.kelvin : (tongue.units.get(written) ?? ""));

  return {
    amountAt(text, index) {
      const match = matchAt(amount, text, index);
      if (match === null) return undefined;
      const [whole, sign = "", leading, number = "", unit, counter, trailing] = match;
      const end = index + whole.length;
      const figure: Figure = { sign, number, before: beforeOf(text, index), after: afterOf(text, end) };
      const as = (of: string): string => sayWith(tongue, figure, of);
      const isApart = counter !== undefined && /\s/.test(text[end - counter.length - 1] ?? "");
      if (counter !== undefined && !counts(tongue, figure, counter, leading, isApart)) {
        const of = leading ?? "";
        return { spoken: as(of), end: end - counter.length - (isApart ? 1 : 0), of, number, as };
      }
      const of = leading ?? unit ?? trailing ?? counter ?? "";
      return { spoken: as(of), end, of, number, as };
    },
    unitAt(text, index) {
      const match = matchAt(unit, text, index);
      return match === null
        ? undefined
        : { spoken: tongue.units.get(match[1] ?? "") ?? "", end: index + match[0].length };
    },
    withDivisor(amount, text) {
      if (amount.of === "") return amount;
      const { spoken, end } = amount;
      const product = matchAt(perProduct, text, end);
      if (product !== null) {
        const [whole, one = "", other = ""] = product;
        const second = tongue.join === "" ? tongue.each : tongue.join;
        return {
          ...amount,
          spoken: `${spoken}${tongue.each}${nameOf(one)}${second}${nameOf(other)}`,
          end: end + whole.length,
        };
      }
      const match = matchAt(perOne, text, end);
      if (match === null) return amount;
      const [whole, below = ""] = match;
      return {
        ...amount,
        spoken: tongue.per(spoken, tongue.units.get(below) ?? below, tongue.units.has(below)),
        end: end + whole.length,
      };
    },
  };
}

/** A number as written, with the text around it. */
interface Figure {
  readonly sign: string;
  readonly number: string;
  readonly before: string;
  readonly after: string;
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** Says a number that is written without a sign; its commas are ignored. */
export function sayNumber(tongue: EasternTongue, written: string): string {
  const [whole = "", part] = written.replaceAll(",", "").split(".");
  return part === undefined ? tongue.cardinal(whole) : tongue.decimal(whole, part);
}

const countedBy = (tongue: EasternTongue, { number, before, after }: Figure, counter: string): string | undefined =>
  tongue.count(number.replaceAll(",", ""), counter, after, before);

/**
 * Whether the word after a number really is the number's counter; `isApart` tells whether a space separates the two.
 * After a number with a currency before it, only a word for a large number counts as a counter: `$3억`.
 */
const counts = (
  tongue: EasternTongue,
  figure: Figure,
  counter: string,
  leading: string | undefined,
  isApart: boolean,
): boolean =>
  (leading === undefined || /^[万億兆千만억조천]/.test(counter)) &&
  !(isApart && tongue.countsApart?.test(figure.after) === false) &&
  countedBy(tongue, figure, counter) !== undefined;

/** Says a number with its sign; `of` is its unit, currency or counter, or "" if it has none of these. */
function sayWith(tongue: EasternTongue, figure: Figure, of: string): string {
  const { sign, number } = figure;
  const { join } = tongue;
  const name = tongue.units.get(of) ?? tongue.currencies.get(of);
  const isBelowZero = /^[-−]/.test(sign) && (name === undefined ? of === "도" : /^(?:°C|℃|°)$/.test(of));
  if (isBelowZero) return [tongue.belowZero, sayNumber(tongue, number), name ?? of].join(join);
  const said =
    name === undefined
      ? ((of === "" ? undefined : countedBy(tongue, figure, of)) ?? sayNumber(tongue, number))
      : `${sayNumber(tongue, number)}${join}${name}`;
  return sign === "" ? said : `${tongue.signs[sign.replace("−", "-")] ?? ""}${join}${said}`;
}
