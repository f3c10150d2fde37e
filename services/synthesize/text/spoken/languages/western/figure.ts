import { type Agreement, longestNamed, trimZeros } from "./number.ts";
import type { Figure, Noun, Tongue } from "./tongue.ts";

/**
 * A pattern for a number in one of three forms: `1.234,5` (points, spaces or apostrophes between groups of three
 * digits, and perhaps a decimal comma), `1,234.5` (commas between the groups, and perhaps a decimal point), or `1234,5`
 * (no groups).
 */
export const numberSource = String.raw`(?:[1-9]\d{0,2}(?:([.'’ ])\d{3}(?:\1\d{3})*)(?![\d]|[.]\d)(?:,\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)?)`;

/** `numberSource` for use in a longer pattern in which its first group has the number `group`. */
export const numberSourceFrom = (group: number): string => numberSource.replaceAll("\\1", `\\${group}`);

const isGrouped = /^[1-9]\d{0,2}(?:([.'’ ,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/;

/**
 * Parses a written number. "1.234,56", "1 234,56" and "1,234.56" are equal; "1.234" is a whole number, "3.14" and
 * "3,14" are decimals.
 */
export function parseFigure(written: string, sign = ""): Figure {
  const shown = sign.replace("−", "-").replace("–", "-");
  const separator = isGrouped.exec(written)?.[1];
  const single = /^[1-9]\d{0,2},\d{3}$/.test(written);
  const plain = separator === undefined || single ? written : written.replaceAll(separator, "");
  const [whole = "", part] = plain.split(/[.,]/);
  return { sign: shown, whole, part, point: /[.,]/.exec(plain)?.[0] ?? "" };
}

/** Says digits one by one. */
export const spell = (digits: string, tongue: Tongue): string =>
  [...digits]
    .filter((c) => c >= "0" && c <= "9")
    .map((c) => tongue.digits[Number(c)])
    .join(" ");

/** Speaks a number with its sign. */
export function sayFigure(figure: Figure, agreement: Agreement, tongue: Tongue): string {
  const sign = figure.sign === "" ? "" : `${tongue.signs[figure.sign] ?? ""} `;
  if (trimZeros(figure.whole).length > longestNamed) return sign + spell(figure.whole, tongue);
  if (figure.part !== undefined) return sign + tongue.decimal(figure, agreement);
  return sign + tongue.cardinal(figure.whole, agreement);
}

/** Returns the spoken form of a number with the noun that it counts. */
export function sayCounted(figure: Figure, noun: Noun, agreement: Agreement, tongue: Tongue): string {
  const form = tongue.form(figure, noun, agreement);
  const counted = isRoundMillion(figure) ? (tongue.ofMillions?.(form) ?? form) : form;
  const said = `${sayFigure(figure, { ...agreement, gender: noun.gender }, tongue)} ${counted}`;
  return tongue.elide?.(said) ?? said;
}

/** Whether a number in words ends with "million" or a larger scale word. In many languages that word is a noun. */
export const isRoundMillion = ({ whole, part }: Figure): boolean => part === undefined && /[1-9]\d*0{6}$/.test(whole);

/**
 * Says the digits after a decimal mark. If `asNumber` is true and there are at most three digits, any leading zeros are
 * said first and then the rest as one number. In all other cases, the digits are said one by one.
 */
export function decimalPart(
  part: string,
  cardinal: (digits: string) => string,
  digits: readonly string[],
  asNumber: boolean,
): string {
  const spelled = (text: string): string => [...text].map((c) => digits[Number(c)]).join(" ");
  if (!asNumber || part.length > 3) return spelled(part);
  const zeros = /^0*/.exec(part)?.[0] ?? "";
  const rest = part.slice(zeros.length);
  return [spelled(zeros), rest === "" ? "" : cardinal(rest)].filter((word) => word !== "").join(" ");
}
