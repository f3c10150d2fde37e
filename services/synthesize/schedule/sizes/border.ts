/** What a segment ends with: a mark, which every listener expects to hear, or a soft border, between two phrases or two words. */
export type BorderKind = "mark" | "phrase" | "word";

/** A place inside a clause where a segment may end. */
export interface Border {
  readonly kind: BorderKind;
  /** About how long the speech before it is, from the beginning of its clause. */
  readonly seconds: number;
  /** How many characters stand before it, as written. */
  readonly characters: number;
}

/** A clause that is being written: what of it may be spoken already. */
export interface Unfinished<W> {
  /** About how long its speech is, so far. */
  readonly seconds: number;
  /** Where it may be parted, in order. */
  readonly borders: readonly Border[];
  /**
   * How long the speech of these clauses and of this one is likely to be that will be at hand once this one is written; undefined: none will. Default: none
   * ever is.
   */
  foreseen?(before: readonly W[]): number | undefined;
  /** Parts it at one of them: what stands before it, and what is left. Undefined where its words cannot be parted there. */
  part(border: number): { readonly head: W; readonly rest: Unfinished<W> } | undefined;
}

/** Parts a clause at one of its borders: what stands before it, and the rest. Undefined where its words cannot be parted there. */
export type Part<W> = (clause: W, border: number) => readonly [W, W] | undefined;
