import type { SoftBorder } from "./soft/soft-border.ts";

/** The smallest piece of text that may be spoken by itself. */
export interface Clause {
  /** The text as written, exactly `[start, end)` of the input. If it ends a line, it includes the newline. */
  readonly text: string;
  /** First code point in the whole written text. */
  readonly start: number;
  /** One past the last code point. */
  readonly end: number;
  /** Where it may be divided if its end is too long to wait for, in order. */
  readonly borders: readonly SoftBorder[];
}

/** The clause that is still being written. */
export interface OpenClause {
  /** Its first code point in the whole written text. */
  readonly start: number;
  /** Its text so far. */
  readonly text: string;
  /** Its soft borders so far, in order. They are final, whatever follows. */
  readonly borders: readonly SoftBorder[];
  /**
   * Where it ends with a punctuation mark, whatever follows, although more unspoken characters may belong to it: in
   * UTF-16 code units, as in SoftBorder; undefined if it continues.
   */
  readonly mark: number | undefined;
}
