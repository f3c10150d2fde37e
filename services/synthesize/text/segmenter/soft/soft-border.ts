/** How natural a short stop sounds: between two phrases, or only between two words. */
export type Strength = "phrase" | "word";

/**
 * A place inside a clause where a segment may end though no mark stands there. It cuts no word, number, name, address, quotation or markup, and
 * depends on the text alone.
 */
export interface SoftBorder {
  /** UTF-16 code units from the start of the clause's text; the space before the next word belongs to the first part. */
  readonly at: number;
  /** How natural a short stop sounds there. */
  readonly strength: Strength;
}
