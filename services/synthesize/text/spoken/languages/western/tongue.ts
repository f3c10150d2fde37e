import type { Abbreviations } from "../../../abbreviations/table.ts";
import type { Rule } from "../../rule.ts";
import type { AddressWords, GroupPlace, RomanNumerals, Weekdays } from "./names/words.ts";
import type { Agreement } from "./number.ts";

/** A written number: its sign, its digits, and the digits after the decimal mark. */
export interface Figure {
  /** The sign before the number: "-", "+", "±", or "" for none. */
  readonly sign: string;
  readonly whole: string;
  /** Digits after the decimal mark; undefined for a whole number. */
  readonly part: string | undefined;
  /** The decimal mark as it is written in the number. */
  readonly point: string;
}

/** A counted noun: its gender and its forms (singular and plural; three forms in Russian). */
export interface Noun {
  readonly gender: "m" | "f" | "n";
  readonly forms: readonly string[];
}

/** The nouns of a currency: `coin` for its main unit (euro), `part` for the hundredth (cent) if it has a name. */
export interface Money {
  readonly coin: Noun;
  readonly part: Noun | undefined;
}

/** A clock time as written. */
export interface ClockTime {
  readonly hour: string;
  /** The minute in two digits; undefined if only the hour is written. */
  readonly minute: string | undefined;
  readonly second: string | undefined;
  /** The word or letter for hours that is written with the time: "h" or "Uhr"; "" if there is none. */
  readonly mark: string;
  /** Whether the time is the start or end of a range: `timeRange` then puts words such as "from" and "to" before it. */
  readonly ofSpan: boolean;
}

/** The text before and after a number. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
  /** The unit or currency after the number, if it is a symbol or abbreviated; `after` begins after it. */
  readonly counted?: Noun | undefined;
  /** For a range: whether its numbers are small and consecutive, as in 2-3. */
  readonly isNext?: boolean;
}

/** Returns one number of a range in words, with its noun if it has one, in the given gender and case. */
export type SayPart = (agreement: Agreement) => string;

/**
 * How a European language says numbers: its words and its peculiarities. The rules that recognize numbers in a text are
 * the same for all languages that are described in this way.
 */
export interface Tongue {
  /** The words for a whole number of up to 15 digits. */
  cardinal(digits: string, agreement?: Agreement): string;
  /** The words for a number with a decimal part. */
  decimal(figure: Figure, agreement: Agreement): string;
  /** The words for the digits 0 to 9, as they are said one by one. */
  readonly digits: readonly string[];
  /** Whether telephone digits that are written in pairs are read as two-digit numbers. */
  readonly readsPairs?: boolean;
  /** The words for a group of digits of a telephone number; undefined if the group is to be said digit by digit. */
  telephoneGroup?(digits: string, place: GroupPlace): string | undefined;
  /** Words that precede only telephone numbers; the words of `codeCues` may precede any number read digit by digit. */
  readonly telephoneCues?: RegExp;
  /** The names of signs between and before numbers. "-" is minus, "–" the "to" of a range, ":" the "to" of a score. */
  readonly signs: Readonly<Record<string, string>>;
  /** The nouns for units of measure and other abbreviations after a number, by written form. */
  readonly units: ReadonlyMap<string, Noun>;
  readonly currencies: ReadonlyMap<string, Money>;
  /** The words for a price, given those for its main unit and its hundredths: "drei Euro fünfzig". */
  price(coins: string, parts: string, part: string): string;
  /** The words for "per" and a unit, given the noun and the symbol of the unit: "pro Stunde" (per hour). */
  per(noun: Noun, written: string): string;
  /** The form that a noun takes after a number. */
  form(figure: Figure, noun: Noun, agreement: Agreement): string;
  /** The gender and case of a number, as far as the text around it shows them. */
  agree(figure: Figure, around: Surroundings): Agreement;
  /** The words for a range: "three to five". */
  range(from: SayPart, to: SayPart, around: Surroundings): string;
  readonly months: readonly string[];
  /** Abbreviated month names, if they are not the first three letters. */
  readonly shortMonths?: readonly string[];
  /** The words for the day of a date, before the name of the month. */
  dayOfMonth(day: string, around: Surroundings): string;
  /** The words for a range of days before the name of their month, if they differ from those for other ranges. */
  daysOfMonth?(from: string, to: string, around: Surroundings): string;
  /** The words for a date that is written in figures; `year` is undefined if the year is not written. */
  date(day: string, month: number, year: string | undefined, around: Surroundings): string;
  /** The words for a year, if the language says years in a special way and the context shows one; else undefined. */
  year?(digits: string, around: Surroundings): string | undefined;
  time(time: ClockTime, around: Surroundings): string;
  /** The words for a range of two clock times; `from` and `to` are already words. */
  timeRange(from: string, to: string, around: Surroundings): string;
  /** Words before two numbers such as 3/4, which show that these are a date without a year. */
  readonly dateCues: RegExp;
  /** The separators between day and month of a date without a year; full stop and slash by default. */
  readonly dayMarks?: string;
  /** The words of `hourMarks` that make an hour without minutes a time of day ("9 Uhr") and not a duration. */
  readonly clockMarks: RegExp;
  /** A pattern for the words and letters for "hour" that may be written with a clock time, such as "h" and "Uhr". */
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
  /** The words for a fraction: "two thirds". */
  fraction(numerator: string, denominator: string, around: Surroundings): string;
  /** Whether a fraction above one, such as 3/2, is said as two numbers instead of as a fraction. Default false. */
  readonly properFractions?: boolean;
  /** The words for ½ before a noun: "ein halber" before "Liter"; undefined if no noun follows. */
  halfOf?(around: Surroundings): string | undefined;
  /** The words for a whole number and a half, with the noun that they count: "dos horas y media". */
  withHalf(whole: string, noun: string | undefined): string;
  /** Rules that only this language has; they are tried before all others. */
  readonly own?: readonly Rule[];
  /** The words for the second number of a ratio, if they differ from those for a number by itself. */
  ratio?(digits: string, near: string): string | undefined;
  /** Matches words before a grade out of a total: "note 15/20". */
  readonly outOfCues: RegExp;
  /** The words for an exponent: "squared", "to the power of ten". */
  power(digits: string): string;
  /** Matches words such as "code" before a number that is read digit by digit. */
  readonly codeCues: RegExp;
  /** Matches words such as "version" before the number of a version. */
  readonly versionCues: RegExp;
  readonly abbreviations?: Abbreviations["said"];
  readonly weekdays?: Weekdays;
  readonly roman?: RomanNumerals;
  readonly address?: AddressWords;
  /** The names of the Greek letters from alpha to omega, in the order of the Greek alphabet. */
  readonly greek?: readonly string[];
  /** The words for "per" and a noun that `units` does not contain: "per person" for `/persona`. */
  perWord?(word: string): string;
  /** Nouns that, when they follow another noun and a slash, make the slash mean "per": comprimidos/día. */
  readonly perWords?: RegExp;
  /** The words for "per" and an amount, given in words: "per hundred kilometers" for `/100 km`. */
  perMany?(amount: string): string;
  /** The words for a duration, given those for its hours, minutes and seconds: "una hora y veinte minutos". */
  duration?(parts: readonly string[]): string;
  /** The words for set phrases with numbers, such as "24/7", by the phrase as written without spaces. */
  readonly setPhrases?: ReadonlyMap<string, string>;
  /** `cue` matches words before a two-digit decade ("années 80"); `say` says it. Default: it is said as a number. */
  readonly decades?: { readonly cue: RegExp; say?(tens: string): string };
  /** The noun for "times" that is said for `×` or x after a count: "three times" for `3x/day`. */
  readonly times?: Noun;
  /** The words for a negative exponent, given its digits. */
  negativePower?(digits: string): string;
  /** The words for functions such as f′(x) and sin(x): for primes, for "of", and for the names of functions. */
  readonly functions?: {
    readonly primes: readonly [first: string, second: string];
    readonly of: string;
    readonly names: ReadonlyMap<string, string>;
  };
  /** Drops the final vowel of a word before a word that begins with a vowel: "un'ora". */
  elide?(words: string): string;
  /** Returns `noun` with the word that joins it to a round million before it, as "de" in "millones de". */
  ofMillions?(noun: string): string;
  /** The word that is said between the number of a law and its year. */
  readonly lawOf?: string;
  /** The words for a month and year that are written in figures: 02/2024. */
  monthOf?(month: string, year: string): string;
  /** Words after an amount of money that multiply it: `R$ 2,5 milhões`. */
  readonly scaleWords?: RegExp;
  /** Words before a number with a letter which show that these name a place such as a seat: "asiento 21A". */
  readonly labelCues?: RegExp;
  /** Words such as "dure" (lasts) before 3:45, which show that it means minutes and seconds and not a clock time. */
  readonly lastingCues?: RegExp;
  /**
   * Matches what follows `×` if the sign stands between dimensions, where it is spoken as `by`. In a language without
   * this pattern, `×` is spoken as `by` unless a sum or money follows.
   */
  readonly sizes?: RegExp;
  /**
   * The noun for a million, given for languages in which M after a number means millions (`200 M de copias`) and K or k
   * means thousands.
   */
  readonly million?: Noun;
  /** Plural words before the numbers of two adjacent seats, pages or the like: "asientos 12-13". */
  readonly pairCues?: RegExp;
  /** Words which show that two numbers near them are read as one "over" the other, such as words for blood pressure. */
  readonly overCues?: RegExp;
  /** Words about games and matches, near which two numbers such as 2-1 are a score. */
  readonly scoreCues: RegExp;
}
