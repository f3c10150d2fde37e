/**
 * The sessions of a deployment: conversations that the edge keeps for its callers. One turn at a time runs in a
 * session; a new turn stops the one before, even on another edge. All edges that share a store serve all its sessions,
 * and none of the edges has to stay up for a session to last. If the store cannot be reached when a turn ends, the turn
 * waits in this process to be saved, for at most a minute. Turns without a session are not handled here.
 */
import { randomUUID } from "node:crypto";
import { type Clock, sleep } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import type { Call } from "../call.ts";
import type { KeepTurn } from "../turn/plan.ts";
import { reportTurn } from "./changes.ts";
import { type SessionLimits, toSession } from "./edits.ts";
import { toSessionFailure } from "./failures.ts";
import type { Position } from "./heard.ts";
import { keepTurns, type SessionTurn } from "./keep.ts";
import { type Library, readSessions } from "./library.ts";
import type { LiveTurn } from "./live.ts";
import type { PromptMessage } from "./prompt.ts";
import { fields } from "./record.ts";
import { obey, tellToStop } from "./stop.ts";
import type { SessionKey, SessionStore } from "./store/store.ts";
import { update } from "./update.ts";

/** Options of createSessions. */
export interface SessionsOptions {
  readonly store: SessionStore;
  /** How long a session is stored after its last change, in milliseconds. */
  readonly ttlMs: number;
  readonly limits: SessionLimits;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * The sessions, as this process serves them. All methods throw Failure: UNAVAILABLE while the store cannot be reached.
 */
export interface Sessions extends Library {
  readonly kind: SessionStore["kind"];
  /** Why sessions cannot be stored now; undefined while they can. */
  notReady(): string | undefined;
  /**
   * Returns `keep`, a stage that stores a turn in its session, and `prompt`, which returns the conversation for the
   * model; call `prompt` only after the stage has begun.
   */
  join(call: Call, turn: SessionTurn): { readonly keep: KeepTurn; readonly prompt: () => PromptMessage[] };
  /** Stops a turn of this process that belongs to a session; false if no turn with this id runs here. */
  interruptHere(tenant: string, turn: string, played: Position | undefined): boolean;
  /**
   * Stops a session's turn that runs on another edge. If the turn has ended or that edge is gone, records where the
   * turn's speech was stopped. Resolves to false if it is too late to do either.
   */
  interruptElsewhere(tenant: string, turn: string, played: Position | undefined): Promise<boolean>;
  /** Records how far a session's turn was heard. Resolves to false if reports on the turn are no longer accepted. */
  report(tenant: string, turn: string, played: Position): Promise<boolean>;
  /** Waits until ended turns are saved, for at most `timeoutMs`; turns that are not saved by then are lost. */
  close(timeoutMs: number): Promise<void>;
}

/** Begins to serve the sessions of a store, which need not be reachable yet. */
export async function createSessions(options: SessionsOptions): Promise<Sessions> {
  const { store, clock, log, metrics } = options;
  const edge = randomUUID();
  const lives = new Map<string, LiveTurn>();
  const waiting = new Set<LiveTurn>();
  const closing = new AbortController();
  const lost = metrics.counter(
    "duet_edge_session_turns_lost_total",
    "Ended turns that could not be stored in their session.",
  );
  metrics.gauge(
    "duet_edge_session_turns_waiting",
    "Turns that have ended and wait to be stored in their session.",
    [],
    (gauge) => gauge.set(waiting.size),
  );
  metrics.gauge("duet_edge_session_store_up", "1 while sessions can be stored, else 0.", [], (gauge) =>
    gauge.set(store.notReady() === undefined ? 1 : 0),
  );
  const tools = { ...options, edge, lives, waiting, closing: closing.signal, onLost: () => lost.inc() };
  const deafen = await store.listen(edge, (message) => obey(lives, message));

  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toSessionFailure(error);
    }
  };
  const find = async (tenant: string, turn: string): Promise<Found | undefined> => {
    const placed = await store.findTurn(tenant, turn);
    if (!placed) return undefined;
    const border = placed.indexOf(" ");
    const place = Number(placed.slice(0, border));
    return { key: { tenant, session: placed.slice(border + 1) }, id: { turn, place } };
  };
  const noteReport = ({ key, id }: Found, played: Position | undefined, stop: boolean) =>
    update(tools, key, id.place, (session) => reportTurn(session, id, played, stop));

  return {
    kind: store.kind,
    notReady: () => store.notReady(),
    join: (call, turn) => keepTurns(tools, call, turn),
    interruptHere(tenant, turn, played) {
      const live = lives.get(turn);
      if (live?.key.tenant !== tenant) return false;
      if (played !== undefined) live.report(played);
      live.stop("interrupted");
      return true;
    },
    interruptElsewhere: (tenant, turn, played) =>
      guard(async () => {
        const found = await find(tenant, turn);
        if (found === undefined) return false;
        const { running } = toSession(await store.read(found.key, [fields.head])).head ?? {};
        if (running?.turn !== turn) return played !== undefined && (await noteReport(found, played, true));
        const heard = await tellToStop(store, running.edge, { turn, reason: "interrupted", played });
        return heard > 0 || (await noteReport(found, played, true));
      }),
    report: (tenant, turn, played) =>
      guard(async () => {
        const live = lives.get(turn);
        if (live !== undefined && live.key.tenant === tenant) {
          live.report(played);
          return true;
        }
        const found = await find(tenant, turn);
        return found !== undefined && (await noteReport(found, played, false));
      }),
    ...readSessions(tools, guard),
    async close(timeoutMs) {
      const late = new AbortController();
      const cancel = clock.after(timeoutMs, () => late.abort());
      while (waiting.size > 0 && !late.signal.aborted) await sleep(clock, 20, late.signal).catch(() => {});
      cancel();
      if (waiting.size > 0)
        log.warn(
          { turns: waiting.size },
          "some ended turns could not be stored in their sessions before shutdown, and are lost",
        );
      closing.abort();
      deafen();
    },
  };
}

interface Found {
  readonly key: SessionKey;
  readonly id: { readonly turn: string; readonly place: number };
}
