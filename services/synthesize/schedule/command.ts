import type { Work } from "./session.ts";

/** A segment that a worker is to speak. */
export interface Dispatch<W extends Work> {
  readonly kind: "dispatch";
  readonly session: string;
  /** Counts from 0 within the session. */
  readonly segment: number;
  readonly clauses: readonly W[];
  readonly worker: number;
  /** 0, or 1 when it is spoken once more. */
  readonly attempt: number;
}

/** What the driver is to do. */
export type Command<W extends Work> =
  | Dispatch<W>
  /** Nobody wants this segment any more; its worker counts as busy until `done` or `failed`. */
  | { readonly kind: "abandon"; readonly session: string; readonly segment: number }
  /** All of an ended session is spoken; the schedule has forgotten it. */
  | { readonly kind: "over"; readonly session: string }
  /** Call `tick` at this time, unless a later command names another; Infinity: at no time. */
  | { readonly kind: "wakeAt"; readonly at: number };
