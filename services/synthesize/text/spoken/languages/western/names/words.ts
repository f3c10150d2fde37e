/** How a language writes the days of the week short, and says a span of them. */
export interface Weekdays {
  /** Monday to Sunday. */
  readonly names: readonly string[];
  /** The short name of each, without its full stop; several with a bar between them. */
  readonly short: readonly string[];
  /** "from Monday to Friday", after the words before it. */
  span(from: string, to: string, before: string): string;
}

/** How the signs of addresses are called. */
export interface AddressWords {
  /** By sign: . @ - _ / : + */
  readonly signs: Readonly<Record<string, string>>;
}

/** Where a group of digits stands in a telephone number: by itself, first, or later; after a plus, or in brackets. */
export type GroupPlace = "only" | "first" | "country" | "area" | "rest";

/** What a Roman numeral counts: rulers of one name, centuries, what comes in an order, or parts of a work. */
export type Counted = "ruler" | "century" | "order" | "part";

/** How a language reads Roman numerals. */
export interface RomanNumerals {
  /** Names that several rulers or popes bear. */
  readonly rulers: RegExp;
  /** Those of women. */
  readonly queens: RegExp;
  /** Words for a century, before its numeral. */
  readonly century: RegExp;
  /** Nouns before a numeral: "chapter IV"; of these a single letter is a numeral as well. */
  readonly parts: RegExp;
  /** Nouns after a numeral that puts them in an order: "II Guerra". */
  readonly ordered: RegExp;
  /** Those of the feminine gender. */
  readonly feminine: RegExp;
  /** Endings that make a numeral an ordinal, as a pattern; those of the feminine gender end with "re", "a" or "ª". */
  readonly endings?: string;
  say(value: string, counted: Counted, isFeminine: boolean): string;
}
