import type { SoftBorder } from "./soft/soft-border.ts";

/** The smallest piece of text that may be spoken by itself. */
export interface Clause {
  /** The text as written, exactly `[start, end)` of the input. If it ends a line, it includes the newline. */
  readonly text: string;
  /** The position of the clause's first code point in the whole written text. */
  readonly start: number;
  /** The position right after the clause's last code point. */
  readonly end: number;
  /** The places, from first to last, where the clause may be divided if waiting for its end takes too long. */
  readonly borders: readonly SoftBorder[];
}

/** The clause that is still being written. */
export interface OpenClause {
  /** The position of the clause's first code point in the whole written text. */
  readonly start: number;
  /** The text of the clause so far. */
  readonly text: string;
  /** The soft borders of the clause so far, in order. They stay valid, whatever follows. */
  readonly borders: readonly SoftBorder[];
  /**
   * The position right after the punctuation mark that certainly ends the clause, in UTF-16 code units from its start;
   * unspoken characters such as closing quotes may still be added to the clause after that mark. Undefined until a mark
   * certainly ends the clause.
   */
  readonly mark: number | undefined;
}
