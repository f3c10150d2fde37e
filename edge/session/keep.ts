import { isLate } from "../../infra/stream/idle.ts";
import type { Call } from "../call.ts";
import { classify } from "../errors.ts";
import type { KeepTurn } from "../turn/plan.ts";
import type { Turn } from "../turn/turns.ts";
import { openTurn } from "./changes.ts";
import { type SessionLimits, toSession } from "./edits.ts";
import { notYours, otherProfile, tooBusy, toSessionFailure, unreadable } from "./failures.ts";
import { findMs, type LiveTools, type LiveTurn, patienceMs, startLive } from "./live.ts";
import { type PromptMessage, promptOf } from "./prompt.ts";
import type { Head } from "./record.ts";
import { stopRunning } from "./stop.ts";
import type { Change, Snapshot } from "./store/store.ts";

/** What a process needs to store turns in sessions. */
export interface KeepTools extends LiveTools {
  readonly limits: SessionLimits;
  /** This edge's name. */
  readonly edge: string;
  readonly lives: Map<string, LiveTurn>;
}

/** A turn that belongs to a session. */
export interface SessionTurn {
  readonly session: string;
  /** The person whom the request names; empty if it names nobody. */
  readonly user: string;
  /**
   * `id` is the turn's profile; `kept` is the profile that the session had when `id` was chosen. An empty string means
   * no profile. Default: profiles are not checked, since the deployment has none.
   */
  readonly profile?: { readonly id: string; readonly kept: string } | undefined;
  /** The question; undefined if the turn answers no question. */
  readonly question: string | undefined;
  /** The text of the answer, if it is known in advance; otherwise empty. */
  readonly given: string;
}

/**
 * The stage that keeps a turn in its session: it opens the turn there first, then records the events as they pass. The
 * turn's end is saved when `finished` passes, or at once when the turn is stopped: its reader may never ask for more.
 */
export function keepTurns(tools: KeepTools, call: Call, asked: SessionTurn) {
  let prompt: PromptMessage[] = [];

  async function* keep(events: Parameters<KeepTurn>[0], turn: Turn): ReturnType<KeepTurn> {
    const opened = await open(tools, call, asked, turn).catch((error) => {
      const { stopped } = turn;
      throw stopped === undefined || stopped === "left" ? toSessionFailure(error) : classify(error, stopped);
    });
    prompt = opened.prompt;
    const { live } = opened;
    tools.lives.set(turn.id, live);
    const end = () => live.end(true).then(() => tools.lives.delete(turn.id));
    const onStopped = () => void end();
    turn.signal.addEventListener("abort", onStopped, { once: true });
    if (turn.signal.aborted) onStopped();
    try {
      for await (const event of events) {
        const told =
          event.case === "started" ? { ...event, value: { ...event.value, sessionId: asked.session } } : event;
        await live.note(told);
        yield told;
      }
    } finally {
      turn.signal.removeEventListener("abort", onStopped);
      // If the store cannot be reached, so that the end is not saved in time, saving continues in the background.
      await isLate(end(), tools.clock, patienceMs);
    }
  }
  return { keep, prompt: () => prompt };
}

// The maximum number of attempts to open a turn. Two turns of a session rarely open at once, and if several do, each
// attempt lets one of them through.
const mostTries = 50;

/** Opens a turn in its session. If another turn is running there, stops that turn first. */
async function open(
  tools: KeepTools,
  call: Call,
  { session, user, profile, question, given }: SessionTurn,
  turn: Turn,
) {
  const { store, ttlMs, limits, edge, clock } = tools;
  const key = { tenant: call.tenant, session };
  const opening = { turn: turn.id, edge, user: call.user ?? user, profile: profile?.id ?? "", question, given };
  for (let tries = 0; tries < mostTries; tries++) {
    turn.signal.throwIfAborted();
    const snapshot = await store.read(key, "all");
    const { head } = toSession(snapshot);
    if (head === undefined && snapshot.version !== undefined) throw unreadable();
    checkPerson(head, call.user, user);
    checkProfile(head, profile);
    if (head?.running !== undefined && !(await stopRunning(tools, key, head.running, turn.signal))) continue;
    const { place, ...change } = openTurn(snapshot, opening, limits);
    const person = head?.user || opening.user;
    await store.list(key.tenant, person, session, ttlMs);
    if (!(await store.write(key, snapshot.version, { ...change, person }, ttlMs))) continue;
    const live = startLive(tools, { key, turn, place, given, aheadMs: snapshot.now - clock.now() });
    try {
      await store.placeTurn(key.tenant, turn.id, `${place} ${session}`, longestTurnMs);
    } catch (error) {
      void live.end(true);
      throw error;
    }
    return { live, prompt: promptOf(toSession(apply(snapshot, change)), turn.id) };
  }
  throw tooBusy();
}

// How long a running turn can be found by its id, in ms from its beginning. Once the turn has ended, `findMs` applies.
const longestTurnMs = Math.max(24 * 3_600_000, findMs);

/**
 * Throws PERMISSION_DENIED if a session belongs to another person. The person named by the credentials (`proven`) takes
 * precedence over the one named by the request (`said`).
 */
export function checkPerson(head: Head | undefined, proven: string | undefined, said: string): void {
  if (head === undefined) return;
  const isOther = proven === undefined ? said !== "" && head.user !== "" && head.user !== said : head.user !== proven;
  if (isOther) throw notYours();
}

/** Throws FAILED_PRECONDITION if the session was given a different profile since the turn's profile was chosen. */
function checkProfile(head: Head | undefined, chosen: SessionTurn["profile"]): void {
  const now = head?.profile ?? "";
  if (chosen !== undefined && now !== chosen.kept && now !== chosen.id) throw otherProfile();
}

/** Returns the state of a session after a change. */
function apply({ records, ...read }: Snapshot, { put, drop }: Change): Snapshot {
  const after = new Map(records);
  for (const name of drop) after.delete(name);
  for (const [name, record] of put) after.set(name, record);
  return { ...read, records: after };
}
