/** How the words of a number agree with the noun that it counts. */
export interface Agreement {
  /** The noun's gender; undefined if the number is by itself. */
  readonly gender?: "m" | "f" | "n" | undefined;
  /** The case required by the words before it, in languages with cases; nominative by default. */
  readonly grammaticalCase?: "genitive" | "dative" | "accusative" | "prepositional" | "instrumental" | undefined;
}

/** A number by itself. */
export const alone: Agreement = {};

/** Splits digits into groups of three from the end: "1234567" gives 1, 234, 567. */
export function thousands(digits: string): readonly number[] {
  const groups: number[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(Number(digits.slice(Math.max(0, end - 3), end)));
  return groups;
}

/** The maximum length of a number that is spoken as such; longer ones are spoken digit by digit. */
export const longestNamed = 15;

/** Digits without leading zeros. */
export const trimZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, "");
