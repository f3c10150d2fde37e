import type { Work } from "./segment.ts";

/** Cached speech, as the schedule sees it. */
export interface Kept<W extends Work> {
  /**
   * Identifies how consecutive clauses sound together: clauses with equal keys sound the same. Undefined if their
   * speech may not be reused for other texts.
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
