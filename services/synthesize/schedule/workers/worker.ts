import { type Breaker, createBreaker } from "../../../../infra/balance/breaker.ts";
import { createRoom, type Room } from "./room.ts";
import { createSlowness, type Slowness } from "./slowness.ts";

/** The health of a worker: `well`; `faulty`: its answers are repeatedly wrong; `away`: it is unreachable or silent. */
export type Health = "well" | "faulty" | "away";

/**
 * What a piece of work revealed about its worker. `well`: the work succeeded. `failed`: it failed, perhaps because of
 * the text. `busy`: the worker accepted no more work. `wrong`: the worker responds wrongly to any request.
 * `unreachable`: it could not be reached. `silent`: it sent nothing for too long. `nothing`: the work was cancelled.
 */
export type Sign = "well" | "failed" | "busy" | "wrong" | "unreachable" | "silent" | "nothing";

/** How long a worker that is busy with other clients' work is left alone, in milliseconds, if it states no time. */
const busyPauseMs = 1000;
/**
 * The maximum pause, in milliseconds, before a server is tried again: if a longer pause was requested, the request may
 * have come from a proxy and not from the server itself.
 */
const longestPauseMs = 30_000;

/** The state of one worker. */
export interface Worker {
  readonly room: Room;
  readonly slowness: Slowness;
  used: number;
  /** The worker's circuit breaker: open while the worker gets no regular work. */
  readonly breaker: Breaker;
  /** Why the worker is away; undefined if it is not. */
  away: "unreachable" | "silent" | undefined;
  pausedUntil: number;
  probedAt: number;
  probing: boolean;
}

/** Creates a healthy worker with at most `most` slots, of which it gets `first` to begin with. */
export const createWorker = (first: number, most: number): Worker => ({
  room: createRoom(first, most),
  slowness: createSlowness(),
  used: 0,
  breaker: createBreaker(),
  away: undefined,
  pausedUntil: Number.NEGATIVE_INFINITY,
  probedAt: 0,
  probing: false,
});

/** The health of a worker. */
export const healthOf = ({ away, breaker }: Worker): Health =>
  away !== undefined ? "away" : breaker.isOpen ? "faulty" : "well";

/** Whether a worker is healthy. */
export const isWell = (one: Worker) => healthOf(one) === "well";

/** Whether a worker has a free slot and is not paused. */
export const isFree = ({ used, room, pausedUntil }: Worker, now: number) => used < room.limit && pausedUntil <= now;

/** A measure of how long work would take on a worker: its slowness, and the fraction of its slots in use. */
export const effort = ({ used, room, slowness }: Worker) => (1 + used / room.limit) * slowness.times;

/**
 * Records what the outcome of a piece of work (`sign`) shows about a worker, and pauses the worker for `pauseMs`.
 * Returns whether the worker's health changed.
 */
export function note(one: Worker, sign: Sign, pauseMs: number, now: number): boolean {
  const before = healthOf(one);
  judge(one, sign, now);
  if (sign === "busy") one.room.refused(one.used);
  const unsaid = sign === "busy" && one.used === 0 ? busyPauseMs : 0;
  const restMs = Math.min(longestPauseMs, pauseMs > 0 ? pauseMs : unsaid);
  if (restMs > 0) one.pausedUntil = Math.max(one.pausedUntil, now + restMs);
  return healthOf(one) !== before;
}

function judge(one: Worker, sign: Sign, now: number): void {
  switch (sign) {
    // A busy worker, too, answers sensibly, so it counts as healthy.
    case "busy":
    case "well":
      one.away = undefined;
      one.breaker.succeeded();
      return;
    case "failed":
      one.breaker.failed(now);
      return;
    case "wrong":
      one.away = undefined;
      one.breaker.trip(now);
      return;
    case "unreachable":
    case "silent":
      if (one.away === undefined) one.probedAt = now;
      one.away = sign;
      one.breaker.trip(now);
      return;
    case "nothing":
      one.breaker.ended();
  }
}
