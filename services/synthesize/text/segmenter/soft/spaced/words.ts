/** The languages with Latin letters that have rules. */
export const languages = ["en", "de", "fr", "es", "pt", "it"] as const;

/** A language with rules that is written with spaces between words, Korean apart. */
export type Language = (typeof languages)[number] | "ru";

/** The words before and after a place, as written; "" for what is not made of letters. */
export interface Words {
  /** The first word of the clause. */
  readonly opening: string;
  /** The clause before the place, word by word, where these are at most eight; else none. */
  readonly few: readonly string[];
  /** The last four words before the place, or as many as there are. */
  readonly tail: readonly string[];
  /** The word before `left`. */
  readonly second: string;
  readonly left: string;
  readonly right: string;
  /** The character before the word `left`, "" at the start of the clause. */
  readonly beforeLeft: string;
  /** The character before the place that is no space. */
  readonly mark: string;
  /** A figure stands before `left`, or before `mark`, which may be its unit: 5 kg, 55". */
  readonly counted: boolean;
}
