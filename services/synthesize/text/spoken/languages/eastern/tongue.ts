import type { Reading, Rule } from "../../rule.ts";
import type { AddressWords } from "./addresses.ts";
import type { ChemistryWords, NotationWords } from "./science/words.ts";

/** How formulas are spoken. */
export interface FormulaWords {
  /** The name of a letter that stands for a quantity. */
  letter(letter: string): string;
  /**
   * The words for "is equal to" after `left`, including how they attach to it; `after` is what follows the right side.
   */
  equals(left: string, after: string, hasLetter: boolean): string;
  /** Signs that have other names in algebra. */
  readonly algebra?: Readonly<Record<string, string>>;
}

/** Words for what occurs beside numbers: halves of a day, parts of an address, abbreviations before a number. */
export interface BesideWords {
  readonly morning: string;
  readonly afternoon: string;
  /** The separator between the numbers of an address: 2-8-1. */
  readonly parts: string;
  /** Abbreviations before a number, in lower case. */
  readonly numbered: ReadonlyMap<string, string>;
  readonly page: string;
  /** An inequality between an unknown and a number: x ≥ 5. */
  bound(unknown: string, limit: string, word: string): string;
  /** The words for ≥, ≤, > and <. */
  readonly bounds: Readonly<Record<string, string>>;
}

/** Words for symbols and letters beside numbers: weekdays, bracketed units, command options, versions, seats. */
export interface LabelWords {
  /** The single letters for the weekdays, from Monday to Sunday; `weekday` gives the spoken form of one. */
  readonly weekdays: string;
  weekday(letter: string): string;
  /** A suffix that directly follows a bracket and belongs to the word before it. */
  readonly particle: RegExp;
  /** Words after the month and day of an event that is named by its date: 6·25 전쟁. */
  readonly events: RegExp;
  /** Words after the number and letter of a seat, a door or a class. */
  readonly places: RegExp;
  /** Words before the number and letter of a seat. */
  readonly seatCues: RegExp;
  /** A floor by its number, above or below ground. */
  floor(number: string, isUnderground: boolean): string;
  readonly version: string;
  /** The spoken form of "No." before a number, and of "No. 1". */
  readonly numbered: string;
  readonly first: string;
  /** Numbers that are spoken as in English, with the letters or the word after them, and their spoken forms. */
  readonly borrowed: ReadonlyMap<string, string>;
}

/** How Japanese or Korean speaks numbers. Both share the rules that recognize them. */
export interface EasternTongue {
  /** A whole number by itself. */
  cardinal(digits: string): string;
  /** Digits one by one. */
  spell(digits: string): string;
  /** A number with its decimal part. */
  decimal(whole: string, part: string): string;
  /** A number with the counter after it; undefined if that word does not count anything here. */
  count(number: string, counter: string, after: string, before: string): string | undefined;
  /** Counters, as a pattern. */
  readonly counters: string;
  /**
   * What may follow a counter that is separated from its number by a space, so that the counter is not merely the
   * beginning of another word.
   */
  readonly countsApart?: RegExp;
  /** Adds to a reading what attaches to its right: particles, words for a range. */
  withEnding?(reading: Reading, text: string): Reading;
  /** Rules for what occurs only in this language; they come before the shared ones. */
  readonly own?: readonly Rule[];
  /** Units of measure and currencies, by how they are written. */
  readonly units: ReadonlyMap<string, string>;
  readonly currencies: ReadonlyMap<string, string>;
  /** The separator between a number and its unit, and between words. */
  readonly join: string;
  readonly signs: Readonly<Record<string, string>>;
  /** The spoken form of a numeric date; the year may be missing. */
  date(year: string | undefined, month: string, day: string): string;
  time(hour: string, minute: string, second: string | undefined): string;
  /** The spoken form of a duration. */
  duration(hours: string | undefined, minutes: string, seconds: string): string;
  /** A duration per kilometre. */
  pace(duration: string): string;
  /** Words before a duration that is written like a clock time. */
  readonly durationCues: RegExp;
  /** The words for "below zero" of a temperature. */
  readonly belowZero: string;
  /** By unit of speed: the word that comes first in an amount with that unit, as "時速" (per hour) for km/h. */
  readonly speeds: ReadonlyMap<string, string>;
  /** The spoken form of a range. */
  range(from: string, to: string): string;
  fraction(numerator: string, denominator: string): string;
  ratio(left: string, right: string): string;
  power(exponent: string): string;
  /** Two consecutive numbers as one estimate: 이삼 일, 두세 개; undefined if they form none. */
  few?(from: string, to: string, counter: string): string | undefined;
  /** The spoken form of a score out of a total; `pointCues` are words that precede such a score. */
  points(got: string, total: string): string;
  readonly pointCues: RegExp;
  /** The spoken form of an amount that is a limit, as in "5 or more". */
  limit(amount: string, sign: "≤" | "≥", before: string): string;
  /** The name of the slash where its meaning is unknown. */
  readonly slash: string;
  readonly colon: string;
  /** The word for "per" before two units, as in `J/(mol·K)`; `kelvin` is the name of K, which is not among `units`. */
  readonly each: string;
  readonly kelvin: string;
  /** Words that show that two numbers with a slash between them are one measurement, such as a blood pressure. */
  readonly overCues: RegExp;
  readonly over: string;
  readonly formula: FormulaWords;
  readonly address: AddressWords;
  readonly labels: LabelWords;
  readonly beside: BesideWords;
  readonly science: { readonly chemistry: ChemistryWords; readonly notation: NotationWords };
  /** The names of Greek letters. */
  readonly greek: Readonly<Record<string, string>>;
  /** The spoken forms of abbreviations and of words in other scripts. */
  readonly shortForms: ReadonlyMap<string, string>;
  /** The name of # on a telephone; `dialCues` are words near a dialled number. */
  readonly hash: string;
  readonly dialCues: RegExp;
  /** A place name before the two numbers of an address. */
  readonly addressCues: RegExp;
  /** The separator between groups of a telephone number. */
  readonly groupJoin: string;
  readonly codeCues: RegExp;
  /** A word for a password, with the characters of the password that stand before some of its digits. */
  readonly secretCues: RegExp;
  readonly versionCues: RegExp;
  readonly scoreCues: RegExp;
  readonly dateFollowers: RegExp;
  /** Words before a date that consists of a month and a day; `partCues` are words before a fraction. */
  readonly dateCues: RegExp;
  readonly partCues: RegExp;
  /** What may follow a slash as "per", besides units of measure. */
  readonly perCounters: string;
  per(amount: string, of: string, isUnit: boolean): string;
}
