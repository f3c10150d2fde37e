/** How the words of a number agree with the noun that it counts. */
export interface Agreement {
  /** The gender of the noun that the number counts; undefined if the number counts none. */
  readonly gender?: "m" | "f" | "n" | undefined;
  /** The case required by the words before the number, in languages with cases; nominative by default. */
  readonly grammaticalCase?: "genitive" | "dative" | "accusative" | "prepositional" | "instrumental" | undefined;
}

/** The agreement of a number that stands by itself: with no noun, and in no special case. */
export const alone: Agreement = {};

/** Splits digits into groups of three from the end: "1234567" gives 1, 234, 567. */
export function thousands(digits: string): readonly number[] {
  const groups: number[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(Number(digits.slice(Math.max(0, end - 3), end)));
  return groups;
}

/** The maximum number of digits of a number that is said as a whole; a longer one is said digit by digit. */
export const longestNamed = 15;

/** Digits without leading zeros. */
export const trimZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, "");
