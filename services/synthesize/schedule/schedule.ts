import type { Command, Dispatch } from "./command.ts";
import { type Candidate, createSession, nextCandidate, type Session, totalSeconds, type Work } from "./session.ts";
import { createWorkers } from "./workers.ts";

/** Options of createSchedule. Times are milliseconds of the driver's clock. */
export interface ScheduleOptions {
  /** How many requests each worker takes at once. */
  readonly slots: readonly number[];
  /** A first segment waits until it holds this much speech. */
  readonly minOpenerSeconds: number;
  /** The most characters joined into one segment; a single clause may be longer. */
  readonly segmentMaxCharacters: number;
  /** How long after its first clause a session's first sound is wanted. Default 300: what listeners take for prompt. */
  readonly openerBudgetMs?: number;
  /** A session whose audio lasts for less than this beyond the work at hand does not wait for more text. Default 1500. */
  readonly shortSlackMs?: number;
  /** A session with this much audio that its reader has not taken gets no worker. Default 20. */
  readonly maxUnreadSeconds?: number;
  /** How long a worker that could not be reached is a last choice. Default 2000. */
  readonly restMs?: number;
}

/**
 * Decides which segment is spoken next, where, and how large it is: a pure synchronous core, with events in and commands
 * out; it holds no promise, timer or engine. Clauses of a session are spoken in order, each exactly once unless
 * cancelled. Among the segments that are ready, the one whose audio is needed first goes first, across all sessions.
 */
export interface Schedule<W extends Work> {
  /** More clauses of a session; the first offer opens it. */
  offer(session: string, clauses: readonly W[], now: number): Command<W>[];
  /** All that was offered is to be spoken without waiting for more. */
  flush(session: string, now: number): Command<W>[];
  /** There will be no more clauses. The session is forgotten after its last segment. */
  end(session: string, now: number): Command<W>[];
  /** Drops a session: what waits is forgotten, what is being spoken is abandoned. */
  cancel(session: string, now: number): Command<W>[];
  /** The session's first audio went on to its reader: its playback has begun. */
  heard(session: string, now: number): void;
  /** The reader took audio; there may be room for more. */
  taken(session: string, seconds: number, now: number): Command<W>[];
  /** A segment's audio is complete and its worker is free. */
  done(session: string, segment: number, seconds: number, now: number): Command<W>[];
  /** A segment came to nothing and its worker is free. `again`: it is spoken once more; `unreachable`: elsewhere, if possible. */
  failed(
    session: string,
    segment: number,
    outcome: { again: boolean; unreachable: boolean },
    now: number,
  ): Command<W>[];
  /** Time has passed. */
  tick(now: number): Command<W>[];
  /** Sessions that are open; workers that are busy. */
  readonly load: { readonly sessions: number; readonly busy: number };
}

/** Makes a schedule. */
export function createSchedule<W extends Work>(options: ScheduleOptions): Schedule<W> {
  const { slots, restMs, ...sizes } = {
    openerBudgetMs: 300,
    shortSlackMs: 1500,
    maxUnreadSeconds: 20,
    restMs: 2000,
    ...options,
  };
  const sessions = new Map<string, Session<W>>();
  const workers = createWorkers(slots, restMs);
  /** Seconds of work for a second of speech: a moving average, from the first segment on. */
  let workRatio = 0.1;
  let wakeAt = Number.POSITIVE_INFINITY;
  /** Workers that speak a segment of a session that is gone. */
  const orphans = new Map<string, number>();

  function dispatch({ session, segment, clauses, attempt }: Candidate<W>, worker: number, now: number): Dispatch<W> {
    const seconds = totalSeconds(clauses);
    if (attempt === 0) {
      session.pending.splice(0, clauses.length);
      session.urgent = Math.max(0, session.urgent - clauses.length);
      session.nextSegment++;
      session.scheduledSeconds += seconds;
      session.unreadSeconds += seconds;
    } else {
      session.again.shift();
    }
    session.inFlight.set(segment, { worker, clauses, attempt, seconds, since: now });
    workers.take(worker);
    return { kind: "dispatch", session: session.id, segment, clauses, worker, attempt };
  }

  function run(now: number, commands: Command<W>[] = []): Command<W>[] {
    for (;;) {
      const worker = workers.idle(now);
      let first: Candidate<W> | undefined;
      let nextWake = Number.POSITIVE_INFINITY;
      for (const session of sessions.values()) {
        const next = nextCandidate(session, { ...sizes, workRatio }, now);
        if (next === undefined) continue;
        if (next.readyAt > now) nextWake = Math.min(nextWake, next.readyAt);
        else if (first === undefined || next.deadline < first.deadline) first = next;
      }
      if (first === undefined || worker === undefined) {
        if (nextWake !== wakeAt) commands.push({ kind: "wakeAt", at: nextWake });
        wakeAt = nextWake;
        return commands;
      }
      commands.push(dispatch(first, worker, now));
    }
  }

  function open(id: string): Session<W> {
    const session = createSession<W>(id);
    sessions.set(id, session);
    return session;
  }

  /** Takes a segment out of flight; undefined if its session is gone. */
  function land(id: string, segment: number) {
    const session = sessions.get(id);
    const flight = session?.inFlight.get(segment);
    if (session === undefined || flight === undefined) {
      const worker = orphans.get(`${id}/${segment}`);
      if (worker !== undefined) workers.free(worker);
      orphans.delete(`${id}/${segment}`);
      return undefined;
    }
    session.inFlight.delete(segment);
    workers.free(flight.worker);
    return { session, flight };
  }

  function forgetIfOver(session: Session<W>): Command<W>[] {
    const left = session.pending.length + session.again.length + session.inFlight.size;
    if (!session.ended || left > 0) return [];
    sessions.delete(session.id);
    return [{ kind: "over", session: session.id }];
  }

  return {
    offer(id, clauses, now) {
      const session = sessions.get(id) ?? open(id);
      if (clauses.length > 0) session.offeredAt ??= now;
      session.pending.push(...clauses);
      return run(now);
    },
    flush(id, now) {
      const session = sessions.get(id);
      if (session !== undefined) session.urgent = session.pending.length;
      return run(now);
    },
    end(id, now) {
      const session = sessions.get(id);
      if (session === undefined) return [{ kind: "over", session: id }];
      session.ended = true;
      return run(now, forgetIfOver(session));
    },
    cancel(id, now) {
      const session = sessions.get(id);
      if (session === undefined) return [];
      sessions.delete(id);
      const abandoned: Command<W>[] = [];
      for (const [segment, { worker }] of session.inFlight) {
        orphans.set(`${id}/${segment}`, worker);
        abandoned.push({ kind: "abandon", session: id, segment });
      }
      return run(now, abandoned);
    },
    heard(id, now) {
      const session = sessions.get(id);
      if (session !== undefined) session.heardAt ??= now;
    },
    taken(id, seconds, now) {
      const session = sessions.get(id);
      if (session === undefined) return [];
      session.unreadSeconds -= seconds;
      return run(now);
    },
    done(id, segment, seconds, now) {
      const landed = land(id, segment);
      if (landed === undefined) return run(now);
      const { session, flight } = landed;
      session.scheduledSeconds += seconds - flight.seconds;
      session.unreadSeconds += seconds - flight.seconds;
      if (seconds > 0) workRatio += 0.2 * ((now - flight.since) / 1000 / seconds - workRatio);
      return run(now, forgetIfOver(session));
    },
    failed(id, segment, { again, unreachable }, now) {
      const landed = land(id, segment);
      if (landed === undefined) return run(now);
      const { session, flight } = landed;
      if (unreachable) workers.rest(flight.worker, now);
      if (again) {
        session.again.push({ segment, clauses: flight.clauses });
      } else {
        session.scheduledSeconds -= flight.seconds;
        session.unreadSeconds -= flight.seconds;
      }
      return run(now, forgetIfOver(session));
    },
    tick(now) {
      // Whoever ticks has no alarm set any more, also if it rang a little early: what still waits is named anew.
      wakeAt = Number.POSITIVE_INFINITY;
      return run(now);
    },
    get load() {
      return { sessions: sessions.size, busy: workers.busy };
    },
  };
}
