/** How a language names and abbreviates weekdays, and how it says a range of weekdays. */
export interface Weekdays {
  /** The full names of the weekdays, from Monday to Sunday. */
  readonly names: readonly string[];
  /** The abbreviation of each weekday, without its full stop; alternatives are separated by `|`. */
  readonly short: readonly string[];
  /** The words for a range of weekdays ("from Monday to Friday"); `before` is the text before the range. */
  span(from: string, to: string, before: string): string;
}

/** How a language says the symbols in e-mail addresses, host names and file names. */
export interface AddressWords {
  /** The spoken name of each of the symbols . @ - _ / : + */
  readonly signs: Readonly<Record<string, string>>;
}

/**
 * The role of a group of digits in a telephone number: the only group, the first one, the country code after a plus,
 * the area code (after the country code or in brackets), or a later group.
 */
export type GroupPlace = "only" | "first" | "country" | "area" | "rest";

/** What a Roman numeral numbers: rulers of one name, centuries, a sequence ("II Guerra"), or parts of a work. */
export type Counted = "ruler" | "century" | "order" | "part";

/** How a language reads Roman numerals. */
export interface RomanNumerals {
  /** Names of rulers and popes before a Roman numeral. */
  readonly rulers: RegExp;
  /** The names of women among `rulers`. */
  readonly queens: RegExp;
  /** Words for "century" before a Roman numeral. */
  readonly century: RegExp;
  /** Nouns before a Roman numeral: "chapter IV"; after such a noun, even a single letter is a numeral. */
  readonly parts: RegExp;
  /** Matches a noun before which a Roman numeral is said as an ordinal: "II Guerra". */
  readonly ordered: RegExp;
  /** Matches those nouns of `ordered` that are feminine, so that the ordinal is feminine too. */
  readonly feminine: RegExp;
  /** A pattern for endings that make a Roman numeral an ordinal; feminine endings end in "re", "a" or "ª". */
  readonly endings?: string;
  say(value: string, counted: Counted, isFeminine: boolean): string;
}
