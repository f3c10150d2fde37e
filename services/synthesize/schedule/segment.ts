import type { Border, BorderKind } from "./sizes/border.ts";

/** What the schedule needs to know of a clause, or of one part of a divided clause. */
export interface Work {
  /** The estimated duration of the clause's speech. */
  readonly seconds: number;
  /** The length of the clause as written, in characters. */
  readonly characters: number;
  /** Where the clause can be divided, from its start to its end. Default: nowhere. */
  readonly borders?: readonly Border[];
  /** The kind of border at the end of the clause or part. Default: a punctuation mark, as in every undivided clause. */
  readonly ends?: BorderKind;
}

/** The estimated duration of the speech of all these clauses together, in seconds. */
export function totalSeconds(clauses: readonly Work[]): number {
  return clauses.reduce((sum, { seconds }) => sum + seconds, 0);
}

/**
 * Why a segment is attempted again: `failure`, the segment itself failed; `loss`, the attempt was lost together with
 * its worker. Both are counted. `free` is not counted: the engine did not work on the segment, or the attempt was the
 * trial of a worker.
 */
export type Retry = "failure" | "loss" | "free";

/**
 * A segment whose worker died or fell silent is attempted again up to this many times, since several workers may die at
 * the same time. After the next such loss, the segment itself is probably the cause.
 */
export const maxLosses = 3;

/** A segment and its history. Each time that a worker is given the segment is an attempt. */
export interface Segment<W> {
  /** The index of the segment within its session, from 0. */
  readonly index: number;
  readonly clauses: readonly W[];
  /** How many attempts have ended. */
  readonly attempts: number;
  /** How many attempts failed because of the segment, and how many were lost together with their worker. */
  readonly failures: number;
  readonly losses: number;
  /** The workers on which the segment failed, whether the fault was the worker's or the segment's. */
  readonly avoid: ReadonlySet<number>;
  /** When the segment failed for the first time; undefined if it never did. */
  readonly failedAt: number | undefined;
}

const nowhere: ReadonlySet<number> = new Set();

/** Makes a segment that has not been attempted yet. */
export function createSegment<W>(index: number, clauses: readonly W[]): Segment<W> {
  return { index, clauses, attempts: 0, failures: 0, losses: 0, avoid: nowhere, failedAt: undefined };
}

/**
 * The segment after an attempt that failed. `avoid`: the worker on which it should not be attempted again, if possible.
 */
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
