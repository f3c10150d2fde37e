/**
 * What a segment ends with: a punctuation mark, where listeners expect a pause, or a soft border, between two phrases
 * or two words.
 */
export type BorderKind = "mark" | "phrase" | "word";

/** A place inside a clause where a segment may end. */
export interface Border {
  readonly kind: BorderKind;
  /** The estimated duration of the speech before this border, from the beginning of its clause. */
  readonly seconds: number;
  /** The number of written characters before this border. */
  readonly characters: number;
}

/** A clause that is still being written, but whose beginning may already be spoken. */
export interface Unfinished<W> {
  /** The estimated duration of the speech for the part of the clause that has been written. */
  readonly seconds: number;
  /** Where the clause can be divided, in order. */
  readonly borders: readonly Border[];
  /**
   * The likely duration, in seconds, of the cached speech of the clauses `before` together with this one, once this
   * clause is complete; undefined if that speech is probably not cached. Default: always undefined.
   */
  foreseen?(before: readonly W[]): number | undefined;
  /** Divides the clause at a border, into `head` and `rest`. Undefined if it cannot be divided there. */
  part(border: number): { readonly head: W; readonly rest: Unfinished<W> } | undefined;
}

/**
 * Divides a clause at one of its borders. Returns the part before the border and the part after it, or undefined if the
 * clause cannot be divided there.
 */
export type Part<W> = (clause: W, border: number) => readonly [W, W] | undefined;
