import { type Currency, currencyByWriting } from "./currency.ts";
import { type FoundUnit, parseUnit } from "./units/grammar.ts";
import type { Unit } from "./units/unit.ts";

/** A number with its sign, scale and unit: `-3.5°C`, `$1.2 billion`, `40%`. */
export interface Quantity {
  /** The sign of the number: "-", "+", "±", or "" if it has none. */
  readonly sign: string;
  readonly currency: Currency | undefined;
  /** Digits with group separators and decimal point, as written. */
  readonly number: string;
  /** The word or letter that scales the number (万, 亿, "million", "k"), as written; "" if there is none. */
  readonly scale: string;
  readonly unit: Unit | undefined;
  /** Whether the unit is attached to the number without a space. */
  readonly attached: boolean;
  /** The index right after the number and the word or letter that scales it. */
  readonly bareEnd: number;
  /** The index right after the quantity's last character. */
  readonly end: number;
}

const literal = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/g, "\\$&");
const alternatives = (list: Iterable<string>): string =>
  [...list]
    .sort((a, b) => b.length - a.length)
    .map((w) => literal(w) + (/[A-Za-z0-9]$/.test(w) ? "(?![A-WYZa-wyz0-9]|[xX](?!\\d))" : ""))
    .join("|");

/** A pattern for a number: digits in groups of three with commas, or plain digits, perhaps with a decimal part. */
export const numberSource = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)`;

const sticky = (source: string): RegExp => new RegExp(source, "uy");
const all = [...currencyByWriting.keys()];
const signPattern = sticky("[-−+±]");
const currencyPattern = sticky(`(?:${alternatives(all)}|USD|RMB|CNY|EUR|GBP|JPY|HKD)\\s?(?=[-−]?[\\d.])`);
const numberPattern = sticky(`${numberSource}|\\.\\d+`);
const scalePattern = sticky(
  "万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|[ -]?(?:hundred|thousand|million|billion|trillion)(?![A-Za-z])",
);
/** Letters that scale only money: `$5M` is five million dollars, but `5M` by itself may be something else. */
const letterScalePattern = sticky("(?:[kKMBT]|[mb]n?)(?![A-Za-z0-9])");
const codePattern = sticky(`\\s?(${alternatives(all)})(?!\\s?\\d)`);

/**
 * Characters with which a scale or a currency may begin. If none of them follows a number, as is usual, the lists of
 * scales and currencies are not searched.
 */
const scaleBeginning = /[万千百十亿 htmbkKMBT-]/;
const currencyBeginnings = new Set(
  [...all, "USD", "RMB", "CNY", "EUR", "GBP", "JPY", "HKD"].map((written) => written[0]),
);

/** The quantity that starts at `index`; undefined if none does. */
export function parseQuantity(text: string, index: number): Quantity | undefined {
  let end = index;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = end;
    const match = pattern.exec(text) ?? undefined;
    if (match !== undefined) end = match.index + match[0].length;
    return match;
  };
  let sign = take(signPattern)?.[0] ?? "";
  const leading = currencyBeginnings.has(text[end]) ? take(currencyPattern)?.[0].trim() : undefined;
  sign += sign === "" && leading !== undefined ? (take(signPattern)?.[0] ?? "") : "";
  const number = take(numberPattern)?.[0];
  if (number === undefined) return undefined;
  const isScaled = scaleBeginning.test(text[end] ?? "");
  const scale = isScaled
    ? ((take(scalePattern) ?? (leading === undefined ? undefined : take(letterScalePattern)))?.[0] ?? "")
    : "";
  const bareEnd = end;
  const attached = !/\s/.test(text[end] ?? "");
  const unit = leading === undefined ? parseUnit(text, attached ? end : end + 1) : undefined;
  end = unit?.end ?? end;
  const isPriced =
    leading === undefined && unit === undefined && currencyBeginnings.has(text[attached ? end : end + 1]);
  const trailing = isPriced ? take(codePattern)?.[1] : undefined;
  return {
    sign: sign.replace("−", "-"),
    currency: currencyByWriting.get(leading ?? trailing ?? ""),
    number,
    scale: scale.replace(/^[ -]/, ""),
    unit: unit?.unit,
    attached: unit !== undefined && attached,
    bareEnd,
    end,
  };
}

const zeros: Record<string, number> = {
  k: 3,
  K: 3,
  thousand: 3,
  M: 6,
  m: 6,
  mn: 6,
  million: 6,
  B: 9,
  b: 9,
  bn: 9,
  billion: 9,
  T: 12,
  trillion: 12,
  hundred: 2,
};

/** A number multiplied by an English scale word, in digits: "1.5" and "million" give "1500000". */
export function scaled(number: string, scale: string): string {
  const [whole = "", fraction = ""] = number.replace(/,/g, "").split(".");
  const shift = zeros[scale] ?? 0;
  const moved = whole + fraction.slice(0, shift).padEnd(shift, "0");
  const rest = fraction.slice(shift);
  return (moved.replace(/^0+(?=\d)/, "") || "0") + (rest === "" ? "" : `.${rest}`);
}

/** The unit at `index`, as in `6×10^5 m/s`; undefined unless a power of ten comes right before `index`. */
export function unitAfterPower(text: string, index: number): FoundUnit | undefined {
  // Most letters follow another letter and not a power of ten, so this test saves running the slower pattern below.
  if (/[A-Za-z]/.test(text[index - 1] ?? "")) return undefined;
  return /10(?:\^[-−]?\d+|[⁻⁰¹²³⁴-⁹]+)\s?$/.test(text.slice(Math.max(0, index - 12), index))
    ? parseUnit(text, index)
    : undefined;
}
