/** The default and allowed values of a field of an engine's config. The proto documents what the field means. */
export interface Field {
  /** The field's default; absent if there is none, or if the default depends on other values. */
  readonly fallback?: string | number | boolean;
  /** A description of the field's default, if that depends on other values. */
  readonly otherwise?: string;
  /** The minimum and maximum of the field's value. */
  readonly range?: readonly [least: number, most: number];
  /** The only values that the field may have, if these are fixed words. */
  readonly words?: readonly string[];
  /** The reason for the default, or the source of the range. */
  readonly reason: string;
}

/** Fields by their path relative to the engine: `batching.maxNumSeqs`. */
export type Fields = Readonly<Record<string, Field>>;
