/** The languages in Latin script that have rules for soft borders. */
export const languages = ["en", "de", "fr", "es", "pt", "it"] as const;

/** A language with spaces between words that has rules for soft borders. Korean's rules are separate (`ko.ts`). */
export type Language = (typeof languages)[number] | "ru";

/** The words around a position where a clause may be divided, as written; "" stands for anything that is not a word. */
export interface Words {
  /** The first word of the clause. */
  readonly opening: string;
  /** The words of the clause before the possible border, if there are at most eight; otherwise empty. */
  readonly few: readonly string[];
  /** The last four words before the possible border, or fewer. */
  readonly tail: readonly string[];
  /** The word before `left`. */
  readonly second: string;
  readonly left: string;
  readonly right: string;
  /** The character before the word `left`; "" at the start of the clause. */
  readonly beforeLeft: string;
  /** The last character before the possible border, leaving out spaces. */
  readonly mark: string;
  /** Whether a number comes right before `left` ("5 kg") or `mark` (`55"`), which then may be the number's unit. */
  readonly counted: boolean;
}
