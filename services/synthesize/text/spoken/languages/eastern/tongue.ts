import type { Reading, Rule } from "../../rule.ts";
import type { AddressWords } from "./addresses.ts";
import type { ChemistryWords, NotationWords } from "./science/words.ts";

/** How a language says mathematical formulas. */
export interface FormulaWords {
  /** The spoken name of a letter that stands for a quantity in a formula. */
  letter(letter: string): string;
  /**
   * The spoken form of `left` and an equals sign. `after`: the text after the right side; `hasLetter`: letters occur.
   */
  equals(left: string, after: string, hasLetter: boolean): string;
  /** The spoken names of signs in formulas with letters, by sign, where they differ from the usual names. */
  readonly algebra?: Readonly<Record<string, string>>;
}

/** Words for what stands next to numbers: AM and PM, hyphens of an address, abbreviations before a number. */
export interface BesideWords {
  readonly morning: string;
  readonly afternoon: string;
  /** What is said for the hyphen between the numbers of an address: 2-8-1. */
  readonly parts: string;
  /** The spoken forms of abbreviations before a number, by the abbreviation in lower case. */
  readonly numbered: ReadonlyMap<string, string>;
  readonly page: string;
  /** The spoken form of an inequality such as x ≥ 5; `word` is the entry of `bounds` for the sign. */
  bound(unknown: string, limit: string, word: string): string;
  /** The words for ≥, ≤, > and <. */
  readonly bounds: Readonly<Record<string, string>>;
}

/** Words for symbols and letters beside numbers: weekdays, bracketed units, command options, versions, seats. */
export interface LabelWords {
  /** The single letters for the weekdays, from Monday to Sunday; `weekday` gives the spoken form of one. */
  readonly weekdays: string;
  weekday(letter: string): string;
  /** A suffix, such as です, right after a closing bracket, that belongs to the word before the opening one. */
  readonly particle: RegExp;
  /** Matches words after the month and day of an event that is named by its date, such as 전쟁 (war) in 6·25 전쟁. */
  readonly events: RegExp;
  /** Words after the number and letter of a seat, a door or a class. */
  readonly places: RegExp;
  /** Matches text that ends with a word for a seat, coach, gate or exit; a number and letter after it name one. */
  readonly seatCues: RegExp;
  /** The spoken form of a floor, given its number; `isUnderground`: whether it is below ground. */
  floor(number: string, isUnderground: boolean): string;
  readonly version: string;
  /** `numbered` is the spoken form of "No." before a number; `first` that of "No. 1" as a whole. */
  readonly numbered: string;
  readonly first: string;
  /** The spoken forms of numbers with a letter or word that are said as in English ("4K"), keyed by written form. */
  readonly borrowed: ReadonlyMap<string, string>;
}

/** How Japanese or Korean says numbers. The rules that recognize numbers in a text are the same for both languages. */
export interface EasternTongue {
  /** The spoken form of a whole number that stands by itself. */
  cardinal(digits: string): string;
  /** The spoken form of digits that are said one by one. */
  spell(digits: string): string;
  /** The spoken form of a decimal number; `part` is its digits after the decimal point. */
  decimal(whole: string, part: string): string;
  /** The spoken form of a number with its counter; undefined if the word `counter` does not count anything here. */
  count(number: string, counter: string, after: string, before: string): string | undefined;
  /** A pattern for the language's counters, such as 本 in Japanese and 개 in Korean. */
  readonly counters: string;
  /**
   * Matches what may follow a counter that is separated from its number by a space. If something else follows, what
   * looks like a counter is merely the beginning of another word.
   */
  readonly countsApart?: RegExp;
  /** Adds to a spoken number the particle, or word for "from" or "to", that directly follows the number in the text. */
  withEnding?(reading: Reading, text: string): Reading;
  /** Rules that only this language has; they are tried before the rules that Japanese and Korean share. */
  readonly own?: readonly Rule[];
  /** The spoken names of units of measure and of currencies, by written form. */
  readonly units: ReadonlyMap<string, string>;
  readonly currencies: ReadonlyMap<string, string>;
  /** What separates a number from its unit, and words from each other: "" in Japanese, a space in Korean. */
  readonly join: string;
  readonly signs: Readonly<Record<string, string>>;
  /** The spoken form of a numeric date; the year may be missing. */
  date(year: string | undefined, month: string, day: string): string;
  time(hour: string, minute: string, second: string | undefined): string;
  /** The spoken form of a duration. */
  duration(hours: string | undefined, minutes: string, seconds: string): string;
  /** The spoken form of a runner's pace: `duration`, which is already in words, per kilometer. */
  pace(duration: string): string;
  /** Matches words before a number such as 3:45 which show that it is a duration and not a clock time. */
  readonly durationCues: RegExp;
  /** The words for the minus of a temperature, such as "below zero". */
  readonly belowZero: string;
  /** The word that is said before a speed, such as "時速" (per hour) for km/h, by the written unit of speed. */
  readonly speeds: ReadonlyMap<string, string>;
  /** The spoken form of a range between two amounts, which are given in words. */
  range(from: string, to: string): string;
  fraction(numerator: string, denominator: string): string;
  ratio(left: string, right: string): string;
  power(exponent: string): string;
  /** The spoken form of two consecutive numbers as an estimate ("two or three"): 이삼 일, 두세 개; undefined for others. */
  few?(from: string, to: string, counter: string): string | undefined;
  /** The spoken form of a score out of a total; `pointCues` are words that precede such a score. */
  points(got: string, total: string): string;
  readonly pointCues: RegExp;
  /** The spoken form of an amount with ≤ or ≥: "5 or more" for ≥5. */
  limit(amount: string, sign: "≤" | "≥", before: string): string;
  /** The name of the slash where its meaning is unknown. */
  readonly slash: string;
  readonly colon: string;
  /** The word for "per" before a product of units, as in `J/(mol·K)`; `kelvin` names the K, which `units` lacks. */
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
  /** The spoken forms of abbreviations and of words in other scripts ("Wi-Fi"), by written form. */
  readonly shortForms: ReadonlyMap<string, string>;
  /** The name of the # key of a telephone; `dialCues` are words near a number with # that show that it is dialed. */
  readonly hash: string;
  readonly dialCues: RegExp;
  /** Matches the end of a place name; two numbers with a hyphen after such a name are an address. */
  readonly addressCues: RegExp;
  /** What separates the spoken groups of a telephone number. */
  readonly groupJoin: string;
  readonly codeCues: RegExp;
  /** Matches a word for a password, and the characters of the password before the digits that are to be spoken. */
  readonly secretCues: RegExp;
  readonly versionCues: RegExp;
  readonly scoreCues: RegExp;
  readonly dateFollowers: RegExp;
  /** Matches words before a number such as `3/4` that make it a month and day; `partCues` make it a fraction. */
  readonly dateCues: RegExp;
  readonly partCues: RegExp;
  /** Regular-expression source for words, other than units, before which a slash means "per". */
  readonly perCounters: string;
  per(amount: string, of: string, isUnit: boolean): string;
}
