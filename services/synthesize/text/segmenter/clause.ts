/** The smallest piece of text that may be spoken alone. */
export interface Clause {
  /** The text as written, exactly `[start, end)` of the input. A clause that ends its line holds the newline. */
  readonly text: string;
  /** First code point in the whole written text. */
  readonly start: number;
  /** One past the last code point. */
  readonly end: number;
}
