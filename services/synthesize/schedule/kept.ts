import type { Work } from "./segment.ts";

/** The cache of speech, as far as the schedule uses it. */
export interface Kept<W extends Work> {
  /**
   * The cache key of consecutive clauses spoken as one segment: equal keys mean equal speech. Undefined if their speech
   * may not be reused for other texts.
   */
  keyOf(clauses: readonly W[]): string | undefined;
  /** How many seconds of speech are cached under a key; undefined if no speech is. */
  secondsOf(key: string): number | undefined;
}

/** The keys of the speech that workers are making now. */
export interface Keys {
  readonly size: number;
  has(key: string): boolean;
}

/** A cache that is always empty. */
export const nothingKept: Kept<Work> = { keyOf: () => undefined, secondsOf: () => undefined };

/** The duration of the cached speech of these clauses together, in seconds; undefined if it is not cached. */
export function keptSeconds<W extends Work>(kept: Kept<W>, clauses: readonly W[]): number | undefined {
  const key = clauses.length === 0 ? undefined : kept.keyOf(clauses);
  return key === undefined ? undefined : kept.secondsOf(key);
}
