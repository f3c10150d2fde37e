/** The refusal of a request, with advice on when to retry. */
export interface Refusal {
  /** Why the request was refused: a sentence that names the setting responsible. */
  readonly reason: string;
  /** The reason as one of a few constants, for programs. */
  readonly cause: RefusalCause;
  /** How long to wait before a retry may succeed, in milliseconds. */
  readonly retryDelayMs: number;
}

/**
 * Why a request is refused. `capacity`: the limit is reached, and no slot is expected in time. `queue`: the queue is
 * full. `priority`: a more urgent request took its place in the queue. `share`: its owner already has its share of the
 * slots, and other owners want theirs. `deadline`: it would be admitted after its deadline.
 */
export type RefusalCause = "capacity" | "queue" | "priority" | "share" | "deadline";

/** Makes a refusal. A retry may succeed after about `waitMs`; the caller is told at least 0.1 s and at most 10 s. */
export const refusalAfter = (cause: RefusalCause, reason: string, waitMs: number): Refusal => ({
  reason,
  cause,
  retryDelayMs: Math.round(Math.min(10_000, Math.max(100, waitMs))),
});
