import { type Breaker, createBreaker } from "../../../../infra/balance/breaker.ts";
import { createRoom, type Room } from "./room.ts";
import { createSlowness, type Slowness } from "./slowness.ts";

/** What is known of a worker: `well`; `faulty`, whose answers are wrong time after time; `away`, which nobody can reach or hear. */
export type Health = "well" | "faulty" | "away";

/**
 * What a piece of work said of its worker: it did it `well`; it `failed`, as may happen with a text; what it answers is `wrong`
 * whatever it is asked; it is `busy`, and took nothing more; it is `unreachable`; it is `silent`; or `nothing`, since the work was called off.
 */
export type Sign = "well" | "failed" | "busy" | "wrong" | "unreachable" | "silent" | "nothing";

/** One that is busy although it has nothing of ours, and does not say for how long, is left alone for this long. */
const busyPauseMs = 1000;
/** A server that wants to be left alone for longer is asked all the same: it may be a proxy's word. */
const longestPauseMs = 30_000;

/** What is known of one worker. */
export interface Worker {
  readonly room: Room;
  readonly slowness: Slowness;
  used: number;
  /** Open while it is left out. */
  readonly breaker: Breaker;
  /** Why nobody can reach or hear it; undefined if somebody can. */
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

/** Its health. */
export const healthOf = ({ away, breaker }: Worker): Health =>
  away !== undefined ? "away" : breaker.isOpen ? "faulty" : "well";

/** Whether it is healthy. */
export const isWell = (one: Worker) => healthOf(one) === "well";

/** Whether it has a free slot and is not paused. */
export const isFree = ({ used, room, pausedUntil }: Worker, now: number) => used < room.limit && pausedUntil <= now;

/** How long work would take there, by how slow it is and by the share of its slots that is in use. */
export const effort = ({ used, room, slowness }: Worker) => (1 + used / room.limit) * slowness.times;

/** Notes what a piece of work showed of it, and pauses it for `pauseMs`. Returns whether its health changed. */
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
    // It answers, and sanely.
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
