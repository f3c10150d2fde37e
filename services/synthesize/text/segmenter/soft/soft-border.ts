/** How natural a short stop sounds: between two phrases, or only between two words. */
export type Strength = "phrase" | "word";

/**
 * A position inside a clause where a segment may end without a punctuation mark. It splits no word, number, name, URL,
 * quotation or markup, and depends only on the text.
 */
export interface SoftBorder {
  /** UTF-16 code units from the start of the clause's text; a space at the border belongs to the part before it. */
  readonly at: number;
  /** How natural a short stop sounds at this border. */
  readonly strength: Strength;
}
