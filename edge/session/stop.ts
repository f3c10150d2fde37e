import { type Clock, sleep } from "../../infra/clock/clock.ts";
import { isLate } from "../../infra/stream/idle.ts";
import { toSession } from "./edits.ts";
import type { Position } from "./heard.ts";
import type { LiveTurn } from "./live.ts";
import { fields, type Running } from "./record.ts";
import type { SessionKey, SessionStore } from "./store/store.ts";

/** A message from one edge to another that asks it to stop a turn of a session. */
export interface StopMessage {
  readonly turn: string;
  /** `superseded`: a new turn of the session has begun; `interrupted`: the caller stopped the turn. */
  readonly reason: "superseded" | "interrupted";
  /** How far the turn was heard; undefined if the caller did not report it. */
  readonly played?: Position | undefined;
}

/** What is needed to stop a turn, on whichever edge it runs. */
export interface StopTools {
  readonly store: SessionStore;
  readonly clock: Clock;
  /** The turns of this process, by id. */
  readonly lives: ReadonlyMap<string, LiveTurn>;
}

// Intervals in ms: of checks whether a turn on another edge has ended, and of messages that ask that edge to stop it,
// which are repeated because a message may be lost.
const lookMs = 20;
const askAgainMs = 500;
// The maximum time to wait, in ms, for an edge that is alive but does not stop the turn.
const patienceMs = 5_000;

/**
 * Stops the turn running in a session, on whichever edge it runs. Resolves to false once the turn has ended. Resolves
 * to true if its edge is gone or does not react: the caller must then close the turn with what was last saved. Throws
 * StoreError, and the signal's reason when the signal aborts.
 */
export async function stopRunning(
  { store, clock, lives }: StopTools,
  key: SessionKey,
  running: Running,
  signal: AbortSignal,
): Promise<boolean> {
  const { turn, edge } = running;
  const here = lives.get(turn);
  if (here !== undefined) {
    here.stop("superseded");
    return isLate(here.end(true), clock, patienceMs);
  }
  const deadline = clock.now() + patienceMs;
  let askAt = clock.now();
  for (;;) {
    if (clock.now() >= askAt) {
      if ((await tellToStop(store, edge, { turn, reason: "superseded" })) === 0) return true;
      askAt = clock.now() + askAgainMs;
    }
    await sleep(clock, lookMs, signal);
    const snapshot = await store.read(key, [fields.head]);
    const now = toSession(snapshot).head?.running;
    if (now?.turn !== turn) return false;
    if (snapshot.now >= now.until || clock.now() >= deadline) return true;
  }
}

/** Tells an edge to stop a turn. Resolves to the number of edges that received the message: 0 if that edge is gone. */
export function tellToStop(store: SessionStore, edge: string, message: StopMessage): Promise<number> {
  return store.ring(edge, JSON.stringify(message));
}

/** Handles another edge's message: stops the turn that the message names, if this turn is one of `lives`. */
export function obey(lives: StopTools["lives"], message: string): void {
  const { turn, reason, played } = JSON.parse(message) as StopMessage;
  const live = lives.get(turn);
  if (played !== undefined) live?.report(played);
  live?.stop(reason);
}
