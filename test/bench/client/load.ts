import { type Clock, sleep } from "../../../infra/clock/clock.ts";
import { drawArrivals, drawTurns, type PlannedTurn } from "../draw.ts";
import type { TurnRecord } from "../record.ts";
import type { Reply } from "../replies.ts";
import type { Cell } from "../scenarios/scenario.ts";
import type { SideName } from "../sides/names.ts";
import { callTurn, openSession } from "./call.ts";
import { cuesOf } from "./cues.ts";
import { duetGzipProtocol, duetProtocol } from "./duet.ts";
import { createListener } from "./listener.ts";
import type { Protocol } from "./protocol.ts";
import { sideProtocol } from "./side.ts";

/** What puts a load on a side. */
export interface LoadOptions {
  readonly cell: Cell;
  /** Where the side is called. */
  readonly url: string;
  readonly replies: readonly Reply[];
  readonly clock: Clock;
  /** Whether Duet may compress what it sends. */
  readonly gzip: boolean;
}

type Session = Awaited<ReturnType<typeof openSession>>;

const sharedSessions = 32;

/**
 * Puts a cell's load on a side and gives back every turn that was begun. It goes on until all turns that count have ended, so that the last
 * of them do not have the engines to themselves, and no longer than the cell.
 */
export async function putLoad(options: LoadOptions): Promise<{ beganAtMs: number; turns: TurnRecord[] }> {
  const { cell, url, replies, clock } = options;
  const { load, time, probe } = cell;
  const protocol = protocolOf(cell.side, options.gzip);
  const over = new AbortController();
  const beganAtMs = clock.now();
  const now = () => clock.now() - beganAtMs;
  const turns: TurnRecord[] = [];
  /** Turns that count and have not ended. */
  let awaited = 0;

  /** Makes a turn; `session` is its user's connection. */
  async function take(turn: PlannedTurn, intendedAtMs: number, session: Session) {
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
    await callTurn(session, protocol, turn, listener, signal);
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
    const session = await openSession(url);
    const draw = drawTurns(cell, replies, number);
    let dueMs = 0;
    for (let turn = draw(); ; turn = draw()) {
      dueMs += turn.thinkMs;
      if (!(await wait(dueMs))) break;
      await take(turn, dueMs, session);
      dueMs = now();
    }
    session.destroy();
  }

  /** Turns that come by themselves share some connections, as those of a customer's own server do. */
  async function arrivals(perSecond: number): Promise<void> {
    const sessions = await Promise.all(Array.from({ length: sharedSessions }, () => openSession(url)));
    await Promise.all(
      drawArrivals(perSecond, cell.seed, time.endMs).map(async (atMs, number) => {
        const session = sessions[number % sharedSessions] as Session;
        if (await wait(atMs)) await take(drawTurns(cell, replies, number)(), atMs, session);
      }),
    );
    for (const session of sessions) session.destroy();
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

function protocolOf(side: SideName, gzip: boolean): Protocol {
  if (side === "duet") return gzip ? duetGzipProtocol : duetProtocol;
  return sideProtocol(side === "relay" ? cuesOf : () => undefined);
}
