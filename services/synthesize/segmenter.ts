/** The smallest piece of text that may be spoken alone. */
export interface Clause {
  /** The text as written, exactly `[start, end)` of the input. */
  readonly text: string;
  /** First code point in the whole written text. */
  readonly start: number;
  /** One past the last code point. */
  readonly end: number;
}

/**
 * Cuts text into clauses while it arrives. Borders depend on the text and on `flush` alone, never on how the text was
 * cut into pushes. Clauses come in order; what stands between two of them (white space, dropped marks) belongs to neither.
 */
export interface Segmenter {
  /** Takes more text and returns the clauses that it completes. */
  push(text: string): Clause[];
  /** The writer has paused: returns pending text that already ends a sentence (。！？ or a newline); makes no other border. */
  settle(): Clause[];
  /** Returns all pending text; a clause ends here. */
  flush(): Clause[];
}
