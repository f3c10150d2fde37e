import type { Command } from "./command.ts";
import type { Ending } from "./ending.ts";
import { createFlights, type Flight } from "./flights.ts";
import { createOutage } from "./outage.ts";
import { type Candidate, candidates, createSession, mostLost, type Session, type Work } from "./session.ts";
import { createWorkers, type Health, type Sign, type Workers } from "./workers.ts";

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
  /** Whether the driver answers `probe`. Default false: a worker that is away comes back by work on trial. */
  readonly probes?: boolean;
  /** While no worker takes work, a session waits until its audio runs out, and at least this long. Default 2000: a supervisor's restart. */
  readonly outageMs?: number;
}

/**
 * Decides which segment is spoken next, where, and how large it is: a pure synchronous core, with events in and commands
 * out; it holds no promise, timer or engine. Clauses of a session are spoken in order, each exactly once unless
 * cancelled. Among the segments that are ready, the one whose audio is needed first goes first, across all sessions. A worker
 * that cannot be reached or falls silent gets no work while it is away; what it had is spoken by another.
 */
export interface Schedule<W extends Work> {
  /** Opens a session whose later segments wait until one of it is spoken, whose voice they take. */
  openAlone(session: string): void;
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
  /** A worker brought bytes of a piece of work, of which `passedSeconds` of audio have gone on to the reader so far. */
  sounded(id: number, passedSeconds: number, now: number): Command<W>[];
  /** A piece of work has ended, in whatever way, and its slot is free. */
  ended(id: number, ending: Ending, now: number): Command<W>[];
  /** What a probe found. */
  probed(worker: number, answered: boolean, now: number): Command<W>[];
  /** Probes every worker that is away at once, but for those that are being probed. */
  probe(now: number): Command<W>[];
  /** Time has passed. */
  tick(now: number): Command<W>[];
  health(worker: number): Health;
  /** Whether a worker that is well could take a piece of work that fails where it is. */
  others(id: number): boolean;
  /** Whether a session that opened now could be spoken: a worker lives, or one may be tried. */
  admits(now: number): boolean;
  /** Sessions that are open; slots in use. */
  readonly load: { readonly sessions: number; readonly busy: number };
}

/** Makes a schedule. */
export function createSchedule<W extends Work>(options: ScheduleOptions): Schedule<W> {
  const { slots, probes, outageMs, ...sizes } = {
    openerBudgetMs: 300,
    shortSlackMs: 1500,
    maxUnreadSeconds: 20,
    probes: false,
    outageMs: 2000,
    ...options,
  };
  const sessions = new Map<string, Session<W>>();
  const workers: Workers = createWorkers({ slots, probes });
  const flights = createFlights<W>();
  const outage = createOutage(workers, flights, outageMs);
  /** Seconds of work for a second of speech: a moving average, from the first segment on. */
  let workRatio = 0.1;
  let wakeAt = Number.POSITIVE_INFINITY;

  function dispatch(candidate: Candidate<W>, worker: number, now: number): Command<W> {
    const { session, segment, clauses, tries, attempt, lost } = candidate;
    const { id, seconds } = flights.begin(candidate, worker, now);
    if (tries === 0) {
      session.pending.splice(0, clauses.length);
      session.urgent = Math.max(0, session.urgent - clauses.length);
      session.nextSegment++;
      session.scheduledSeconds += seconds;
      session.unreadSeconds += seconds;
    } else {
      session.again = session.again.filter((other) => other.segment !== segment);
    }
    workers.take(worker, now);
    return { kind: "dispatch", id, session: session.id, segment, clauses, worker, tries, attempt, lost };
  }

  function note(worker: number, sign: Sign, pauseMs: number, now: number): Command<W>[] {
    const changed = workers.note(worker, sign, pauseMs, now);
    return changed ? [{ kind: "health", worker, health: workers.health(worker) }] : [];
  }

  /** Gives a segment back to be spoken once more: elsewhere, unless the worker was just not there, or too busy. */
  function giveBack({ session, segment, worker }: Flight<W>, cost: Ending["again"], sign: Sign, now: number): void {
    const isBlameless = cost === "nothing" && (sign === "unreachable" || sign === "well");
    session?.again.push({
      ...segment,
      tries: segment.tries + 1,
      attempt: segment.attempt + (cost === "attempt" ? 1 : 0),
      lost: segment.lost + (cost === "lost" ? 1 : 0),
      avoid: isBlameless ? segment.avoid : new Set([...segment.avoid, worker]),
      failedAt: segment.failedAt ?? now,
    });
  }

  /** A segment came to so much audio in the end. */
  function settle({ session, seconds }: Flight<W>, made: number): void {
    if (session === undefined) return;
    session.made ||= made > 0;
    session.scheduledSeconds += made - seconds;
    session.unreadSeconds += made - seconds;
  }

  /** Workers that are silent for too long are left out; what they had goes to others, as far as there are others. */
  function leaveSilent(now: number): Command<W>[] {
    const silent = flights.silent(now);
    const commands = silent.flatMap(({ worker }) =>
      workers.health(worker) === "away" ? [] : note(worker, "silent", 0, now),
    );
    for (const flight of silent) {
      const { id, session, segment, worker, passedSeconds } = flight;
      const goesElsewhere = segment.lost < mostLost && workers.others(new Set([...segment.avoid, worker]));
      if (session === undefined || !goesElsewhere) continue;
      if (passedSeconds > 0) settle(flight, passedSeconds);
      else giveBack(flight, "lost", "silent", now);
      flights.orphan(flight);
      commands.push(passedSeconds > 0 ? { kind: "cut", id } : { kind: "abandon", id, why: "silent" });
      if (passedSeconds > 0) commands.push(...forgetIfOver(session));
    }
    return commands;
  }

  function run(now: number, commands: Command<W>[] = []): Command<W>[] {
    commands.push(...leaveSilent(now));
    for (;;) {
      let first: { candidate: Candidate<W>; worker: number } | undefined;
      let nextReady = Number.POSITIVE_INFINITY;
      const waiting: Candidate<W>[] = [];
      for (const session of sessions.values())
        for (const candidate of candidates(session, { ...sizes, workRatio }, now)) {
          if (candidate.readyAt > now) {
            nextReady = Math.min(nextReady, candidate.readyAt);
            continue;
          }
          waiting.push(candidate);
          if (first !== undefined && first.candidate.deadline <= candidate.deadline) continue;
          const worker = workers.pick(candidate.avoid, candidate.deadline > now + sizes.shortSlackMs, now);
          if (worker !== undefined) first = { candidate, worker };
        }
      if (first === undefined) {
        const { vain, next: nextVain } = outage.judge(waiting, now);
        for (const { id } of vain) {
          sessions.delete(id);
          commands.push({ kind: "fail", session: id });
        }
        for (const worker of workers.probe(now)) commands.push({ kind: "probe", worker });
        const nextTry = waiting.length > vain.size ? workers.nextTry(now) : Number.POSITIVE_INFINITY;
        const next = Math.min(nextReady, nextVain, nextTry, flights.nextSilence(now), workers.nextProbe(now));
        if (next !== wakeAt) commands.push({ kind: "wakeAt", at: next });
        wakeAt = next;
        return commands;
      }
      commands.push(dispatch(first.candidate, first.worker, now));
    }
  }

  function forgetIfOver(session: Session<W>): Command<W>[] {
    const left = session.pending.length + session.again.length + session.inFlight;
    if (!session.ended || left > 0 || !sessions.delete(session.id)) return [];
    return [{ kind: "over", session: session.id }];
  }

  return {
    openAlone(id) {
      sessions.set(id, createSession<W>(id, { firstAlone: true }));
    },
    offer(id, clauses, now) {
      const session = sessions.get(id) ?? createSession<W>(id);
      sessions.set(id, session);
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
      for (const flight of flights.of(session)) {
        flights.orphan(flight);
        abandoned.push({ kind: "abandon", id: flight.id, why: "unwanted" });
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
    sounded(id, passedSeconds, now) {
      const flight = flights.get(id);
      if (flight === undefined) return [];
      flights.sounded(flight, passedSeconds, now);
      // Whoever was taken for hung is not.
      return run(now, workers.health(flight.worker) === "away" ? note(flight.worker, "well", 0, now) : []);
    },
    ended(id, { seconds, again, sign, pauseMs = 0 }, now) {
      const flight = flights.get(id);
      if (flight === undefined) return [];
      const { session, worker } = flight;
      flights.end(flight);
      workers.free(worker);
      const commands = note(worker, sign, pauseMs, now);
      if (session === undefined) return run(now, commands);
      if (again !== undefined) giveBack(flight, again, sign, now);
      else settle(flight, seconds);
      if (seconds > 0) workRatio += 0.2 * ((now - flight.since) / 1000 / seconds - workRatio);
      return run(now, [...commands, ...forgetIfOver(session)]);
    },
    probed(worker, answered, now) {
      const changed = workers.probed(worker, answered, now);
      return run(now, changed ? [{ kind: "health", worker, health: workers.health(worker) }] : []);
    },
    probe: (now) => workers.probe(now, true).map((worker) => ({ kind: "probe", worker })),
    tick(now) {
      // Whoever ticks has no alarm set any more, also if it rang a little early: what still waits is named anew.
      wakeAt = Number.POSITIVE_INFINITY;
      return run(now);
    },
    health: workers.health,
    others(id) {
      const flight = flights.get(id);
      return flight !== undefined && workers.others(new Set([...flight.segment.avoid, flight.worker]));
    },
    admits: (now) => workers.openFrom() < Number.POSITIVE_INFINITY || workers.mayTry(now),
    get load() {
      return { sessions: sessions.size, busy: workers.busy };
    },
  };
}
