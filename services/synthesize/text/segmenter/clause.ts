import type { SoftBorder } from "./soft/soft-border.ts";

/** The smallest piece of text that may be spoken alone. */
export interface Clause {
  /** The text as written, exactly `[start, end)` of the input. A clause that ends its line holds the newline. */
  readonly text: string;
  /** First code point in the whole written text. */
  readonly start: number;
  /** One past the last code point. */
  readonly end: number;
  /** Where it may be parted when its end is too long to wait for, in order. */
  readonly borders: readonly SoftBorder[];
}

/** The clause that is being written. */
export interface OpenClause {
  /** Its first code point in the whole written text. */
  readonly start: number;
  /** Its text so far. */
  readonly text: string;
  /** Its soft borders that are decided, in order: whatever follows, they stay. */
  readonly borders: readonly SoftBorder[];
  /** Where it ends with a mark whatever follows, though more that is not said may belong to it: UTF-16 code units, as in SoftBorder; undefined if it goes on. */
  readonly mark: number | undefined;
}
