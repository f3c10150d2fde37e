import type { Work } from "./segment.ts";

/** Speech that was made before, as the schedule sees it. */
export interface Kept<W extends Work> {
  /** Names how consecutive clauses sound together: what has the same key sounds the same. Undefined where it is for their text alone. */
  keyOf(clauses: readonly W[]): string | undefined;
  /** How many seconds of speech are at hand under a key; undefined if none are. */
  secondsOf(key: string): number | undefined;
}

/** Keys of what is being made. */
export interface Keys {
  readonly size: number;
  has(key: string): boolean;
}

/** Nothing is kept. */
export const nothingKept: Kept<Work> = { keyOf: () => undefined, secondsOf: () => undefined };

/** How many seconds of speech are at hand for some clauses; undefined if none are. */
export function keptSeconds<W extends Work>(kept: Kept<W>, clauses: readonly W[]): number | undefined {
  const key = clauses.length === 0 ? undefined : kept.keyOf(clauses);
  return key === undefined ? undefined : kept.secondsOf(key);
}
