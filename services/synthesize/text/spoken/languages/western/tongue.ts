import type { Abbreviations } from "../../../abbreviations/table.ts";
import type { Rule } from "../../rule.ts";
import type { AddressWords, GroupPlace, RomanNumerals, Weekdays } from "./names/words.ts";
import type { Agreement } from "./number.ts";

/** A written number: its sign, its digits, and the digits after the decimal mark. */
export interface Figure {
  /** "-", "+", "±" or "". */
  readonly sign: string;
  readonly whole: string;
  /** Digits after the decimal mark; undefined for a whole number. */
  readonly part: string | undefined;
  /** The decimal mark as written. */
  readonly point: string;
}

/** A counted noun: its gender and its forms (singular and plural; three forms in Russian). */
export interface Noun {
  readonly gender: "m" | "f" | "n";
  readonly forms: readonly string[];
}

/** The nouns of a currency: `coin` is its main unit, `part` its hundredth, if the hundredth has a name. */
export interface Money {
  readonly coin: Noun;
  readonly part: Noun | undefined;
}

/** A clock time as written. */
export interface ClockTime {
  readonly hour: string;
  /** Two digits; undefined if only the hour is written. */
  readonly minute: string | undefined;
  readonly second: string | undefined;
  /** The word or letter for hours that is written with the time: "h" or "Uhr"; "" if there is none. */
  readonly mark: string;
  /** Whether the time is the start or end of a range, and so follows words that `timeRange` adds. */
  readonly ofSpan: boolean;
}

/** The text before and after a number. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
  /** The unit or currency after the number, if abbreviated or written as a symbol; `after` then begins after it. */
  readonly counted?: Noun | undefined;
  /** For a range: whether its numbers are small and consecutive, as in 2-3. */
  readonly isNext?: boolean;
}

/** Speaks one number of a range, with its noun if it has one. */
export type SayPart = (agreement: Agreement) => string;

/**
 * How a European language speaks numbers: its words and its peculiarities. All of these languages share the rules that
 * recognize numbers in a text.
 */
export interface Tongue {
  /** A whole number of up to 15 digits. */
  cardinal(digits: string, agreement?: Agreement): string;
  /** A number with a decimal part. */
  decimal(figure: Figure, agreement: Agreement): string;
  /** 0 to 9, each by itself. */
  readonly digits: readonly string[];
  /** Whether telephone digits that are written in pairs are read as two-digit numbers. */
  readonly readsPairs?: boolean;
  /** The spoken form of a group of digits of a telephone number; undefined for digit by digit. */
  telephoneGroup?(digits: string, place: GroupPlace): string | undefined;
  /** Words that precede only telephone numbers; those of `codeCues` may also precede other codes. */
  readonly telephoneCues?: RegExp;
  /** The names of signs between and before numbers. "-" is minus, "–" the "to" of a range, ":" the "to" of a score. */
  readonly signs: Readonly<Record<string, string>>;
  /** Units of measure, and other abbreviations after a number. */
  readonly units: ReadonlyMap<string, Noun>;
  readonly currencies: ReadonlyMap<string, Money>;
  /** A price with coins and parts: "drei Euro fünfzig". */
  price(coins: string, parts: string, part: string): string;
  /** The spoken form of "per" with a unit: "pro Stunde", from the noun and its symbol. */
  per(noun: Noun, written: string): string;
  /** The form of a noun with a number. */
  form(figure: Figure, noun: Noun, agreement: Agreement): string;
  /** The gender and case that the context of a number shows. */
  agree(figure: Figure, around: Surroundings): Agreement;
  /** "three to five". */
  range(from: SayPart, to: SayPart, around: Surroundings): string;
  readonly months: readonly string[];
  /** Abbreviated month names, if they are not the first three letters. */
  readonly shortMonths?: readonly string[];
  /** The day in a date whose month name follows. */
  dayOfMonth(day: string, around: Surroundings): string;
  /** Days in one month whose name follows, if they are not spoken like an ordinary range of days. */
  daysOfMonth?(from: string, to: string, around: Surroundings): string;
  /** A numeric date; the year may be missing. */
  date(day: string, month: number, year: string | undefined, around: Surroundings): string;
  /** A year, if the language speaks it unlike other numbers and the context shows one; otherwise undefined. */
  year?(digits: string, around: Surroundings): string | undefined;
  time(time: ClockTime, around: Surroundings): string;
  /** Two clock times with the words between them. */
  timeRange(from: string, to: string, around: Surroundings): string;
  /** Words before a numeric date without a year. */
  readonly dateCues: RegExp;
  /** The separators between day and month of a date without a year; full stop and slash by default. */
  readonly dayMarks?: string;
  /** Those of `hourMarks` with which an hour without minutes is a time of day; with the others it may be a duration. */
  readonly clockMarks: RegExp;
  /** A pattern for what may be written after a time for hours. */
  readonly hourMarks: string;
  /**
   * Words before a time that is written with a full stop: "alle 15.30"; undefined if the language has no such times.
   */
  readonly timeCues?: RegExp;
  /**
   * `ordinalMarks` is a pattern for what is written after the digits of an ordinal, as in "3rd"; `ordinal` gives the
   * spoken form of an ordinal.
   */
  readonly ordinalMarks: RegExp;
  ordinal(digits: string, mark: string, around: Surroundings): string | undefined;
  /** The words of a fraction: "two thirds". */
  fraction(numerator: string, denominator: string, around: Surroundings): string;
  /** Whether only proper fractions are spoken as fractions; for others, the two numbers are spoken. */
  readonly properFractions?: boolean;
  /** Half of the noun that follows: "ein halber Liter" before "Liter"; undefined if none follows. */
  halfOf?(around: Surroundings): string | undefined;
  /** A number with a half, and the noun that it counts: "dos horas y media". */
  withHalf(whole: string, noun: string | undefined): string;
  /** Rules for this language only; they are tried first. */
  readonly own?: readonly Rule[];
  /** The second number of a ratio, if it is spoken unlike a number by itself. */
  ratio?(digits: string, near: string): string | undefined;
  /** Words before a grade out of a total: "note 15/20". */
  readonly outOfCues: RegExp;
  /** The words of an exponent: "squared", "to the power of ten". */
  power(digits: string): string;
  /** Words before a number that is read digit by digit. */
  readonly codeCues: RegExp;
  /** Words before the number of a version. */
  readonly versionCues: RegExp;
  readonly abbreviations?: Abbreviations["said"];
  readonly weekdays?: Weekdays;
  readonly roman?: RomanNumerals;
  readonly address?: AddressWords;
  /** The names of Greek letters, alpha to omega in alphabetical order. */
  readonly greek?: readonly string[];
  /** The words for "per" and a noun that is not among `units`: "per person" for `/persona`. */
  perWord?(word: string): string;
  /** Nouns that may follow a slash after other nouns: comprimidos/día. */
  readonly perWords?: RegExp;
  /** "per hundred kilometres" for `/100 km`. */
  perMany?(amount: string): string;
  /** A duration of hours, minutes and seconds: "una hora y veinte minutos". */
  duration?(parts: readonly string[]): string;
  /** Numbers with a reading of their own, without spaces: "24/7". */
  readonly setPhrases?: ReadonlyMap<string, string>;
  /** Words before an abbreviated decade, and its spoken form if that is not a cardinal: "années 80". */
  readonly decades?: { readonly cue: RegExp; say?(tens: string): string };
  /** The noun for `×` before another measure: "three times" for `3x/day`. */
  readonly times?: Noun;
  /** A negative exponent. */
  negativePower?(digits: string): string;
  /** The words for function values: derivatives, "of", and functions with names. */
  readonly functions?: {
    readonly primes: readonly [first: string, second: string];
    readonly of: string;
    readonly names: ReadonlyMap<string, string>;
  };
  /** Elides a final vowel before another vowel: "un'ora". */
  elide?(words: string): string;
  /** Joins a round million to what it counts: "millones de". */
  ofMillions?(noun: string): string;
  /** The word between the number of a law and its year. */
  readonly lawOf?: string;
  /** A month with its year: 02/2024. */
  monthOf?(month: string, year: string): string;
  /** Words after an amount of money that multiply it: `R$ 2,5 milhões`. */
  readonly scaleWords?: RegExp;
  /** Words before a number with a letter that names a place: "asiento 21A". */
  readonly labelCues?: RegExp;
  /** Words before minutes and seconds that are written like a clock time: "dure 3:45". */
  readonly lastingCues?: RegExp;
  /**
   * What follows `×` between dimensions, where the sign is spoken as `by`; without this pattern, it is spoken as `by`
   * unless a sum or money follows.
   */
  readonly sizes?: RegExp;
  /**
   * The noun for a million, where the letter M multiplies what is counted: `200 M de copias`; K or k then means
   * thousands.
   */
  readonly million?: Noun;
  /** Plural words before two adjacent places: "asientos 12-13". */
  readonly pairCues?: RegExp;
  /** Words near two numbers that are read as one "over" the other, as those of a blood pressure are. */
  readonly overCues?: RegExp;
  /** Words near the score of a match. */
  readonly scoreCues: RegExp;
}
