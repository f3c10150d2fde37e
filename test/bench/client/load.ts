import { type Clock, sleep } from "../../../infra/clock/clock.ts";
import { drawArrivals, drawTurns, type PlannedTurn } from "../draw.ts";
import type { TurnRecord } from "../record.ts";
import type { Reply } from "../replies.ts";
import type { Cell } from "../scenarios/scenario.ts";
import { createListener, type Listener } from "./listener.ts";

/** A user's way to a side: a connection, or what stands for one in virtual time. */
export interface Line {
  /**
   * Makes one call and tells the listener what comes; resolves at its end. The signal ends it at once: the caller
   * leaves.
   */
  call(turn: PlannedTurn, listener: Listener, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** What puts a load on a side. */
export interface LoadOptions {
  readonly cell: Cell;
  /** Opens a line to the side. */
  readonly open: () => Promise<Line>;
  readonly replies: readonly Reply[];
  readonly clock: Clock;
}

const sharedLines = 32;

/**
 * Puts a cell's load on a side and gives back every turn that was begun. It goes on until all turns that count have
 * ended, so that the last of them do not have the engines to themselves, and no longer than the cell.
 */
export async function putLoad(options: LoadOptions): Promise<{ beganAtMs: number; turns: TurnRecord[] }> {
  const { cell, open, replies, clock } = options;
  const { load, time, probe } = cell;
  const over = new AbortController();
  const beganAtMs = clock.now();
  const now = () => clock.now() - beganAtMs;
  const turns: TurnRecord[] = [];
  /** Turns that count and have not ended. */
  let awaited = 0;

  async function take(turn: PlannedTurn, intendedAtMs: number, line: Line) {
    const counts = intendedAtMs >= time.warmMs && intendedAtMs < time.untilMs;
    if (counts) awaited++;
    const leaving = new AbortController();
    const leave = () => {
      listener.end("cancelled");
      leaving.abort();
    };
    const onHeard = () => probe?.kind === "cancel" && clock.after(probe.afterFirstSoundMs, leave);
    const planned = { user: turn.user, nth: turn.nth, reply: turn.reply.id, intendedAtMs };
    const listener = createListener(planned, now, onHeard);
    const signal = AbortSignal.any([over.signal, leaving.signal]);
    signal.addEventListener("abort", () => listener.end("unfinished"), { once: true });
    await line.call(turn, listener, signal);
    turns.push(listener.record());
    if (counts) awaited--;
    if (now() >= time.untilMs && awaited === 0) over.abort();
  }

  async function wait(untilMs: number): Promise<boolean> {
    try {
      await sleep(clock, Math.max(0, untilMs - now()), over.signal);
      return !over.signal.aborted;
    } catch {
      return false;
    }
  }

  async function user(number: number): Promise<void> {
    const line = await open();
    const draw = drawTurns(cell, replies, number);
    let dueMs = 0;
    for (let turn = draw(); ; turn = draw()) {
      dueMs += turn.thinkMs;
      if (!(await wait(dueMs))) break;
      await take(turn, dueMs, line);
      dueMs = now();
    }
    line.close();
  }

  /** Turns that come by themselves share some lines, as those of a customer's own server do. */
  async function arrivals(perSecond: number): Promise<void> {
    const lines = await Promise.all(Array.from({ length: sharedLines }, open));
    await Promise.all(
      drawArrivals(perSecond, cell.seed, time.endMs).map(async (atMs, number) => {
        const line = lines[number % sharedLines] as Line;
        if (await wait(atMs)) await take(drawTurns(cell, replies, number)(), atMs, line);
      }),
    );
    for (const line of lines) line.close();
  }

  const stopEnd = clock.after(time.endMs, () => over.abort());
  // Nobody may have begun in time: then nobody's end is what all wait for.
  const stopUntil = clock.after(time.untilMs, () => awaited === 0 && over.abort());
  if (load.kind === "open") await arrivals(load.perSecond);
  else await Promise.all(Array.from({ length: load.users }, (_, number) => user(number)));
  stopEnd();
  stopUntil();
  return { beganAtMs, turns: turns.toSorted((a, b) => a.intendedAtMs - b.intendedAtMs) };
}
