import type { Work } from "./segment.ts";
import type { Health } from "./workers/worker.ts";

/** The command to have a worker speak a segment. */
export interface Dispatch<W extends Work> {
  readonly kind: "dispatch";
  /** The unique id of this attempt. */
  readonly id: number;
  readonly session: string;
  /** The index of the segment within its session, from 0. */
  readonly segment: number;
  readonly clauses: readonly W[];
  readonly worker: number;
  /** How long the segment waited for a worker, in milliseconds. */
  readonly waitedMs: number;
  /** How many earlier attempts at the segment there were; how many of them failed, how many were lost: see Retry. */
  readonly attempts: number;
  readonly failures: number;
  readonly losses: number;
}

/** Tells the driver to serve a segment whose speech is cached. */
export interface Serve<W extends Work> {
  readonly kind: "serve";
  readonly session: string;
  /** The index of the segment within its session, from 0. */
  readonly segment: number;
  readonly clauses: readonly W[];
}

/** What the schedule tells its driver (the code that calls the schedule) to do. */
export type Command<W extends Work> =
  | Dispatch<W>
  | Serve<W>
  /**
   * This attempt is no longer wanted, or another worker has taken over; its slot remains occupied until `ended` is
   * called.
   */
  | { readonly kind: "abandon"; readonly id: number; readonly why: "unwanted" | "silent" }
  /**
   * The worker fell silent in the middle of audible speech: the segment ends there. Its slot remains occupied until
   * `ended` is called.
   */
  | { readonly kind: "cut"; readonly id: number }
  /** The session, to which no more text comes, has been spoken completely; the schedule has forgotten it. */
  | { readonly kind: "over"; readonly session: string }
  /** No worker was alive, or accepted work, for as long as the session can wait; the schedule has forgotten it. */
  | { readonly kind: "fail"; readonly session: string }
  /** Check whether this worker is up, and report the result by `probed`. */
  | { readonly kind: "probe"; readonly worker: number }
  /** The health of a worker, as far as the schedule can judge it, has changed. */
  | { readonly kind: "health"; readonly worker: number; readonly health: Health }
  /** Call `tick` at this time, unless a later command gives another; Infinity: never. */
  | { readonly kind: "wakeAt"; readonly at: number };
