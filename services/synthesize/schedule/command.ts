import type { Work } from "./segment.ts";
import type { Health } from "./workers/worker.ts";

/** A segment that a worker is to speak. */
export interface Dispatch<W extends Work> {
  readonly kind: "dispatch";
  /** Names this attempt; no other has it. */
  readonly id: number;
  readonly session: string;
  /** Counts from 0 within the session. */
  readonly segment: number;
  readonly clauses: readonly W[];
  readonly worker: number;
  /** How long it waited for a worker, in milliseconds. */
  readonly waitedMs: number;
  /** Earlier attempts at it, and how many of them were failures and losses; see Segment. */
  readonly attempts: number;
  readonly failures: number;
  readonly losses: number;
}

/** A segment whose speech is at hand. */
export interface Serve<W extends Work> {
  readonly kind: "serve";
  readonly session: string;
  /** Counts from 0 within the session. */
  readonly segment: number;
  readonly clauses: readonly W[];
}

/** What the driver is to do. */
export type Command<W extends Work> =
  | Dispatch<W>
  | Serve<W>
  /** Nobody wants this work any more, or another worker has it now; its slot counts as used until it has `ended`. */
  | { readonly kind: "abandon"; readonly id: number; readonly why: "unwanted" | "silent" }
  /** The worker fell silent in the middle of what is heard: the segment ends there. Its slot counts as used until it has `ended`. */
  | { readonly kind: "cut"; readonly id: number }
  /** All of an ended session is spoken; the schedule has forgotten it. */
  | { readonly kind: "over"; readonly session: string }
  /** No worker lives, or takes work, in the time that the session has; the schedule has forgotten it. */
  | { readonly kind: "fail"; readonly session: string }
  /** See whether this worker is there, and tell by `probed`. */
  | { readonly kind: "probe"; readonly worker: number }
  /** What is known of a worker has changed. */
  | { readonly kind: "health"; readonly worker: number; readonly health: Health }
  /** Call `tick` at this time, unless a later command names another; Infinity: at no time. */
  | { readonly kind: "wakeAt"; readonly at: number };
