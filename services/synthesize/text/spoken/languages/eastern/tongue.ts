import type { Reading, Rule } from "../../rule.ts";
import type { AddressWords } from "./addresses.ts";
import type { ChemistryWords, NotationWords } from "./science/words.ts";

/** How formulas are said. */
export interface FormulaWords {
  /** A letter that stands for a quantity. */
  letter(letter: string): string;
  /** What says that what follows is equal to `left`, with how it is joined to it; `after` is what follows the right side. */
  equals(left: string, after: string, hasLetter: boolean): string;
  /** Signs that have other names where letters are reckoned with. */
  readonly algebra?: Readonly<Record<string, string>>;
}

/** Words for what stands beside figures: halves of a day, parts of an address, short words before a number. */
export interface BesideWords {
  readonly morning: string;
  readonly afternoon: string;
  /** Between the numbers of an address: 2-8-1. */
  readonly parts: string;
  /** Short words before a number, by how they are written, in small letters. */
  readonly numbered: ReadonlyMap<string, string>;
  readonly page: string;
  /** An unknown that is not beyond a number: x ≥ 5. */
  bound(unknown: string, limit: string, word: string): string;
  /** The words for ≥, ≤, > and <. */
  readonly bounds: Readonly<Record<string, string>>;
}

/** What the signs and letters beside figures are called: days of the week, units in brackets, options of a command, versions, seats. */
export interface LabelWords {
  /** Days of the week as one letter, from Monday, and what is said for one. */
  readonly weekdays: string;
  weekday(letter: string): string;
  /** What stands directly after a bracket and belongs to the word before it. */
  readonly particle: RegExp;
  /** Words that follow the month and day of an event that is named after them: 6·25 전쟁. */
  readonly events: RegExp;
  /** Words that follow the number and letter of a seat, a door or a class. */
  readonly places: RegExp;
  /** Words before the number and letter of a seat. */
  readonly seatCues: RegExp;
  /** A floor by its number, above or under the ground. */
  floor(number: string, isUnderground: boolean): string;
  readonly version: string;
  /** What "No." is before a number, and what "No. 1" is. */
  readonly numbered: string;
  readonly first: string;
  /** Figures that are said as in English with the letters or the word after them. */
  readonly borrowed: ReadonlyMap<string, string>;
}

/** How Japanese or Korean reads figures. The rules that find them are the same for both. */
export interface EasternTongue {
  /** A whole number by itself. */
  cardinal(digits: string): string;
  /** Digits one by one. */
  spell(digits: string): string;
  /** A number with its decimal part. */
  decimal(whole: string, part: string): string;
  /** A number with the word after it that counts; undefined where that word does not count. */
  count(number: string, counter: string, after: string, before: string): string | undefined;
  /** Words after a number that count things, as a pattern. */
  readonly counters: string;
  /** What may follow a counter that a space parts from its number, so that it is no beginning of another word. */
  readonly countsApart?: RegExp;
  /** A reading with what belongs to it on its right: particles, words for a span. */
  withEnding?(reading: Reading, text: string): Reading;
  /** What only this language writes; comes before the rules that both share. */
  readonly own?: readonly Rule[];
  /** Units of measure and currencies by how they are written. */
  readonly units: ReadonlyMap<string, string>;
  readonly currencies: ReadonlyMap<string, string>;
  /** What stands between a number and its unit, and between words. */
  readonly join: string;
  readonly signs: Readonly<Record<string, string>>;
  /** Year, month and day of a date that is written in figures; the year may be missing. */
  date(year: string | undefined, month: string, day: string): string;
  time(hour: string, minute: string, second: string | undefined): string;
  /** How long something takes. */
  duration(hours: string | undefined, minutes: string, seconds: string): string;
  /** A duration for each kilometre. */
  pace(duration: string): string;
  /** Words before a duration that is written like a clock time. */
  readonly durationCues: RegExp;
  /** A temperature below zero. */
  readonly belowZero: string;
  /** What is said before an amount of such a unit of speed. */
  readonly speeds: ReadonlyMap<string, string>;
  /** Two ends of a range. */
  range(from: string, to: string): string;
  fraction(numerator: string, denominator: string): string;
  ratio(left: string, right: string): string;
  power(exponent: string): string;
  /** Two numbers one after the other that count one thing, said as one: 이삼 일, 두세 개; undefined where they are not. */
  few?(from: string, to: string, counter: string): string | undefined;
  /** Points of a total that can be reached, and the words before them. */
  points(got: string, total: string): string;
  readonly pointCues: RegExp;
  /** What is said of an amount that is a limit: 5 or more. */
  limit(amount: string, sign: "≤" | "≥", before: string): string;
  /** What / is called where nothing tells what it means. */
  readonly slash: string;
  readonly colon: string;
  /** Between an amount and what it is for each of two units: J/(mol·K); and kelvin, which by itself is no unit here. */
  readonly each: string;
  readonly kelvin: string;
  /** Of two measures with a slash between them: blood pressure. */
  readonly overCues: RegExp;
  readonly over: string;
  readonly formula: FormulaWords;
  readonly address: AddressWords;
  readonly labels: LabelWords;
  readonly beside: BesideWords;
  readonly science: { readonly chemistry: ChemistryWords; readonly notation: NotationWords };
  /** Greek letters by name. */
  readonly greek: Readonly<Record<string, string>>;
  /** Words that are written in other letters or short, and how they are said. */
  readonly shortForms: ReadonlyMap<string, string>;
  /** What # is called on a telephone, and the words beside a number that is dialled. */
  readonly hash: string;
  readonly dialCues: RegExp;
  /** A place before two numbers of an address. */
  readonly addressCues: RegExp;
  /** Between groups of a telephone number. */
  readonly groupJoin: string;
  readonly codeCues: RegExp;
  /** Words before a password, with that part of it which stands before a figure. */
  readonly secretCues: RegExp;
  readonly versionCues: RegExp;
  readonly scoreCues: RegExp;
  readonly dateFollowers: RegExp;
  /** Words before a date of month and day, and before a fraction. */
  readonly dateCues: RegExp;
  readonly partCues: RegExp;
  /** What may be counted by after a slash, besides units of measure. */
  readonly perCounters: string;
  per(amount: string, of: string, isUnit: boolean): string;
}
