import type { Border, BorderKind } from "./sizes/border.ts";

/** What the schedule must know of a clause, or of a part of one. */
export interface Work {
  /** About how long its speech is. */
  readonly seconds: number;
  /** How many characters it has as written. */
  readonly characters: number;
  /** Where it may be parted, in order. Default: nowhere. */
  readonly borders?: readonly Border[];
  /** What it ends with. Default: a mark, as every clause does. */
  readonly ends?: BorderKind;
}

/** How long some clauses take to be heard. */
export function totalSeconds(clauses: readonly Work[]): number {
  return clauses.reduce((sum, { seconds }) => sum + seconds, 0);
}

/**
 * Why a segment is attempted again: the last attempt was a `failure` of its own, or a `loss`, with its worker. Both are counted. A `free`
 * one is not: no engine would have worked on it, or it was the trial of a worker.
 */
export type Retry = "failure" | "loss" | "free";

/**
 * The most losses after which a segment is still attempted again: two when several workers die at once, and one more. What is lost a
 * fourth time is probably what ends them.
 */
export const maxLosses = 3;

/** A segment, and what became of it so far. An attempt is one time that a worker is given it. */
export interface Segment<W> {
  /** Counts from 0 within the session. */
  readonly index: number;
  readonly clauses: readonly W[];
  /** Attempts that have ended. */
  readonly attempts: number;
  /** How many of them were failures, and losses. */
  readonly failures: number;
  readonly losses: number;
  /** Workers on which it came to nothing, by their fault or its own. */
  readonly avoid: ReadonlySet<number>;
  /** When it came to nothing for the first time; undefined if it did not. */
  readonly failedAt: number | undefined;
}

const nowhere: ReadonlySet<number> = new Set();

/** A segment that was not attempted yet. */
export function createSegment<W>(index: number, clauses: readonly W[]): Segment<W> {
  return { index, clauses, attempts: 0, failures: 0, losses: 0, avoid: nowhere, failedAt: undefined };
}

/** A segment after an attempt that came to nothing. `avoid`: the worker on which it is not to be attempted again, if it can be helped. */
export function afterAttempt<W>(segment: Segment<W>, why: Retry, avoid: number | undefined, now: number): Segment<W> {
  const { attempts, failures, losses } = segment;
  return {
    ...segment,
    attempts: attempts + 1,
    failures: failures + (why === "failure" ? 1 : 0),
    losses: losses + (why === "loss" ? 1 : 0),
    avoid: avoid === undefined ? segment.avoid : new Set([...segment.avoid, avoid]),
    failedAt: segment.failedAt ?? now,
  };
}
