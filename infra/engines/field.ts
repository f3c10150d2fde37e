/** What is known of one field of the engines' config beyond its type. Its meaning stands in the proto. */
export interface Field {
  /** Its value where none is written; absent where there is none, or where it depends on other things. */
  readonly fallback?: string | number | boolean;
  /** The fallback in words, where it depends on other things. */
  readonly otherwise?: string;
  /** The least and the most that it may be. */
  readonly range?: readonly [least: number, most: number];
  /** The only words that it may be. */
  readonly words?: readonly string[];
  /** Why the fallback is what it is, or where the range comes from. */
  readonly reason: string;
}

/** Fields by their path below the engine: `batching.maxNumSeqs`. */
export type Fields = Readonly<Record<string, Field>>;
