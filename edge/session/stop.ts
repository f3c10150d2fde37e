import { type Clock, sleep } from "../../infra/clock/clock.ts";
import { isLate } from "../../infra/stream/idle.ts";
import { toSession } from "./edits.ts";
import type { Position } from "./heard.ts";
import type { LiveTurn } from "./live.ts";
import { fields, type Running } from "./record.ts";
import type { SessionKey, SessionStore } from "./store/store.ts";

/** What one edge tells another: to stop a turn of a session. */
export interface StopMessage {
  readonly turn: string;
  /** A new turn of the session begins, or the caller has said so. */
  readonly reason: "superseded" | "interrupted";
  /** How far it was heard, if that was said. */
  readonly played?: Position | undefined;
}

/** What is needed to stop a turn wherever it runs. */
export interface StopTools {
  readonly store: SessionStore;
  readonly clock: Clock;
  /** The turns of this process, by their ids. */
  readonly lives: ReadonlyMap<string, LiveTurn>;
}

// How often to look whether a turn elsewhere has ended, and to ask again: what was told may have been lost.
const lookMs = 20;
const askAgainMs = 500;
// An edge that says that it is there, and does not stop the turn, is not waited for.
const patienceMs = 5_000;

/**
 * Stops the turn that has a session, on whichever edge it runs. True if it can be closed by whoever asks: nobody is there to do it, and its last
 * known state counts. False once it has ended by itself. Throws the signal's reason, and StoreError.
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

/** Tells an edge to stop a turn; how many hear it, 0 if that edge is gone. */
export function tellToStop(store: SessionStore, edge: string, message: StopMessage): Promise<number> {
  return store.ring(edge, JSON.stringify(message));
}

/** Does what another edge tells. */
export function obey(lives: StopTools["lives"], message: string): void {
  const { turn, reason, played } = JSON.parse(message) as StopMessage;
  const live = lives.get(turn);
  if (played !== undefined) live?.report(played);
  live?.stop(reason);
}
