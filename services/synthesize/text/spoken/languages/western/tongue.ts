import type { Abbreviations } from "../../../abbreviations/table.ts";
import type { Rule } from "../../rule.ts";
import type { AddressWords, GroupPlace, RomanNumerals, Weekdays } from "./names/words.ts";
import type { Agreement } from "./number.ts";

/** A number as it is written: its sign, its digits, and what stands after the decimal mark. */
export interface Figure {
  /** "-", "+", "±" or "". */
  readonly sign: string;
  readonly whole: string;
  /** Digits after the decimal mark; undefined for a whole number. */
  readonly part: string | undefined;
  /** The decimal mark as written. */
  readonly point: string;
}

/** A noun that is counted: its gender, and its forms as the language has them (one and many; three in Russian). */
export interface Noun {
  readonly gender: "m" | "f" | "n";
  readonly forms: readonly string[];
}

/** A currency: its coins, and the hundredth part of one where it has a name. */
export interface Money {
  readonly coin: Noun;
  readonly part: Noun | undefined;
}

/** A clock time as it is written. */
export interface ClockTime {
  readonly hour: string;
  /** Two digits; undefined where only an hour is written. */
  readonly minute: string | undefined;
  readonly second: string | undefined;
  /** The word or letter for hours that is written with it: "h", "Uhr", or "". */
  readonly mark: string;
  /** It is one end of a span, so that the words of `timeRange` stand before it. */
  readonly ofSpan: boolean;
}

/** What stands before and after a figure. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
  /** The unit or coin that it counts, where that is written short or as a sign; `after` begins behind it. */
  readonly counted?: Noun | undefined;
  /** Of a range: its numbers are small and follow each other: 2-3. */
  readonly isNext?: boolean;
}

/** A part of a range: says its number, with its noun if it has one. */
export type SayPart = (agreement: Agreement) => string;

/**
 * How a European language reads figures: its words, and what it does in its own way. The rules that find figures in a
 * text are the same for all of them.
 */
export interface Tongue {
  /** A whole number of up to 15 digits. */
  cardinal(digits: string, agreement?: Agreement): string;
  /** A number with a decimal part. */
  decimal(figure: Figure, agreement: Agreement): string;
  /** 0 to 9, each by itself. */
  readonly digits: readonly string[];
  /** Digits of a telephone number that are written in pairs are read in pairs. */
  readonly readsPairs?: boolean;
  /** How a group of digits of a telephone number is said; undefined for digit by digit. */
  telephoneGroup?(digits: string, place: GroupPlace): string | undefined;
  /** Words before a telephone number: the words of `codeCues` that name no other code. */
  readonly telephoneCues?: RegExp;
  /** What signs between and before figures are called. "-" is minus, "–" the "to" of a range, ":" the "to" of a score. */
  readonly signs: Readonly<Record<string, string>>;
  /** Units of measure, and what else is written short after a number, by how it is written. */
  readonly units: ReadonlyMap<string, Noun>;
  readonly currencies: ReadonlyMap<string, Money>;
  /** A price with coins and parts: "drei Euro fünfzig". */
  price(coins: string, parts: string, part: string): string;
  /** How "per" a unit is said: "pro Stunde" of the noun and its sign. */
  per(noun: Noun, written: string): string;
  /** The form of a noun with a number. */
  form(figure: Figure, noun: Noun, agreement: Agreement): string;
  /** Gender and case that the words around a number show. */
  agree(figure: Figure, around: Surroundings): Agreement;
  /** "three to five". */
  range(from: SayPart, to: SayPart, around: Surroundings): string;
  readonly months: readonly string[];
  /** Short names of months, if others than the first three letters. */
  readonly shortMonths?: readonly string[];
  /** The day of a month whose name follows. */
  dayOfMonth(day: string, around: Surroundings): string;
  /** Days of one month whose name follows, where they are said in another way than a range of days. */
  daysOfMonth?(from: string, to: string, around: Surroundings): string;
  /** A date that is written in figures; the year may be missing. */
  date(day: string, month: number, year: string | undefined, around: Surroundings): string;
  /** A year, where the language says it unlike other numbers, and where its surroundings show one; undefined where not. */
  year?(digits: string, around: Surroundings): string | undefined;
  time(time: ClockTime, around: Surroundings): string;
  /** Two clock times with the words between them. */
  timeRange(from: string, to: string, around: Surroundings): string;
  /** Words before a date that is written in figures without its year. */
  readonly dateCues: RegExp;
  /** The marks that stand between the day and the month of a date without its year; a full stop and a slash by default. */
  readonly dayMarks?: string;
  /** Words for the hour of the day; the rest of `hourMarks` may stand for hours that last. */
  readonly clockMarks: RegExp;
  /** What may be written after a time for hours, as a pattern. */
  readonly hourMarks: string;
  /** Words before a time that is written with a full stop: "alle 15.30"; undefined where none is written so. */
  readonly timeCues?: RegExp;
  /** "3rd": how ordinals are written after their digits, as a pattern, and how they are said. */
  readonly ordinalMarks: RegExp;
  ordinal(digits: string, mark: string, around: Surroundings): string | undefined;
  /** "two thirds". */
  fraction(numerator: string, denominator: string, around: Surroundings): string;
  /** Only parts that are less than a whole are said as fractions; of others the two numbers are said. */
  readonly properFractions?: boolean;
  /** Half of the noun that follows: "ein halber Liter" before "Liter"; undefined where none does. */
  halfOf?(around: Surroundings): string | undefined;
  /** A number with a half and the noun that it counts: "dos horas y media". */
  withHalf(whole: string, noun: string | undefined): string;
  /** Rules that only this language has; they come first. */
  readonly own?: readonly Rule[];
  /** The second number of a ratio, where it is said unlike a number by itself. */
  ratio?(digits: string, near: string): string | undefined;
  /** Words before marks out of a total: "note 15/20". */
  readonly outOfCues: RegExp;
  /** "squared", "to the power of ten". */
  power(digits: string): string;
  /** Words before a number whose digits are read one by one. */
  readonly codeCues: RegExp;
  /** Words before the number of a version. */
  readonly versionCues: RegExp;
  readonly abbreviations?: Abbreviations["said"];
  readonly weekdays?: Weekdays;
  readonly roman?: RomanNumerals;
  readonly address?: AddressWords;
  /** Greek letters by name, alpha to omega, in the order of the alphabet. */
  readonly greek?: readonly string[];
  /** A unit or noun that something is counted by, which is no unit of the table: "per person" of `/persona`. */
  perWord?(word: string): string;
  /** Nouns that things are counted by after other nouns: comprimidos/día. */
  readonly perWords?: RegExp;
  /** "per hundred kilometres" of `/100 km`. */
  perMany?(amount: string): string;
  /** Hours, minutes and seconds that last: "una hora y veinte minutos". */
  duration?(parts: readonly string[]): string;
  /** Figures that are said in their own way, without spaces: "24/7". */
  readonly setPhrases?: ReadonlyMap<string, string>;
  /** Words before the short name of a decade, and how it is said where it is no cardinal: "années 80". */
  readonly decades?: { readonly cue: RegExp; say?(tens: string): string };
  /** What is counted by `×` before another measure: "three times" of `3x/day`. */
  readonly times?: Noun;
  /** A power below nought. */
  negativePower?(digits: string): string;
  /** Shortens what ends in a vowel before another: "un'ora". */
  elide?(words: string): string;
  /** Joins a round million to what it counts: "millones de". */
  ofMillions?(noun: string): string;
  /** What stands between the number of a law and its year. */
  readonly lawOf?: string;
  /** A month with its year: 02/2024. */
  monthOf?(month: string, year: string): string;
  /** Words after an amount of money that multiply it: `R$ 2,5 milhões`. */
  readonly scaleWords?: RegExp;
  /** Words before a number with a letter that names a place: "asiento 21A". */
  readonly labelCues?: RegExp;
  /** Words before minutes and seconds that are written as a clock time: "dure 3:45". */
  readonly lastingCues?: RegExp;
  /** What follows `×` between the sides of a thing, which is said as `by`; without it `by` is said unless a sum or money follows. */
  readonly sizes?: RegExp;
  /** A million, where the letter M multiplies what is counted: `200 M de copias`; K or k are then thousands. */
  readonly million?: Noun;
  /** Words in the plural before two places that stand beside each other: "asientos 12-13". */
  readonly pairCues?: RegExp;
  /** Words near two measures of one thing, of which the first is said "over" the second: blood pressure. */
  readonly overCues?: RegExp;
  /** Words near the result of a game. */
  readonly scoreCues: RegExp;
}
