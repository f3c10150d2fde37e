/** How a language abbreviates weekdays, and how it expresses a range of them. */
export interface Weekdays {
  /** Monday to Sunday. */
  readonly names: readonly string[];
  /** The abbreviation of each weekday, without its full stop; alternatives are separated by `|`. */
  readonly short: readonly string[];
  /** "from Monday to Friday", given the words before it. */
  span(from: string, to: string, before: string): string;
}

/** The names of the symbols in addresses. */
export interface AddressWords {
  /** By symbol: . @ - _ / : + */
  readonly signs: Readonly<Record<string, string>>;
}

/**
 * Which group of a telephone number it is: the only one, the first, the country code after a plus, the area code (after
 * the country code or in brackets), or a later one.
 */
export type GroupPlace = "only" | "first" | "country" | "area" | "rest";

/** What a Roman numeral counts: rulers of one name, centuries, an ordered sequence, or parts of a work. */
export type Counted = "ruler" | "century" | "order" | "part";

/** How a language reads Roman numerals. */
export interface RomanNumerals {
  /** Names that rulers or popes have, before their numeral. */
  readonly rulers: RegExp;
  /** Those of `rulers` that are names of women. */
  readonly queens: RegExp;
  /** Words for "century" before its numeral. */
  readonly century: RegExp;
  /** Nouns before a numeral: "chapter IV"; after these, a single letter is a numeral as well. */
  readonly parts: RegExp;
  /** Nouns after an ordinal numeral: "II Guerra". */
  readonly ordered: RegExp;
  /** Those of `ordered` that are feminine. */
  readonly feminine: RegExp;
  /** A pattern for endings that make a numeral an ordinal; feminine ones end in "re", "a" or "ª". */
  readonly endings?: string;
  say(value: string, counted: Counted, isFeminine: boolean): string;
}
