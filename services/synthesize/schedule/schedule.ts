import { type Candidate, findKept, findReady } from "./candidates.ts";
import type { Command } from "./command.ts";
import type { Ending } from "./ending.ts";
import { createFlights, type Flight } from "./flights.ts";
import { keptSeconds } from "./kept.ts";
import { defaults, type ScheduleOptions } from "./options.ts";
import { createOutage } from "./outage.ts";
import { afterAttempt, createSegment, maxLosses, type Retry, type Segment, type Work } from "./segment.ts";
import { createSession, isOver, partAt, type Session, type SessionKind, settle, takeKept } from "./session.ts";
import type { Unfinished } from "./sizes/border.ts";
import { createGarble } from "./sizes/garble.ts";
import { isBeingMade } from "./sizes/next.ts";
import { createWorkers, type Health, type Sign, type Workers } from "./workers.ts";

/**
 * Decides which segment is spoken next, where, and how large it is: a pure synchronous core, with events in and commands
 * out; it holds no promise, timer or engine. Clauses of a session are spoken in order, each exactly once unless
 * cancelled. Among the segments that are ready, the one whose audio is needed first goes first, across all sessions. A worker
 * that cannot be reached or falls silent gets no work while it is away; what it had is spoken by another. What was made before is a
 * segment as soon as it is its turn, without a worker; while a worker makes something, others that want the same wait for it.
 */
export interface Schedule<W extends Work> {
  /** Opens a session that is not as others are. */
  open(session: string, kind: Partial<SessionKind>): void;
  /**
   * More clauses of a session, and what there is of the one after them, in the place of what there was; the first offer opens a session that is not
   * open.
   */
  offer(session: string, clauses: readonly W[], now: number, open?: Unfinished<W>): Command<W>[];
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
  /** A worker brought bytes of an attempt, of which `passedSeconds` of audio have gone on to the reader so far. */
  sounded(id: number, passedSeconds: number, now: number): Command<W>[];
  /** An attempt has ended, in whatever way, and its slot is free. */
  ended(id: number, ending: Ending, now: number): Command<W>[];
  /** What a probe found. */
  probed(worker: number, answered: boolean, now: number): Command<W>[];
  /** Probes every worker that is away at once, but for those that are being probed. */
  probe(now: number): Command<W>[];
  /** Time has passed. */
  tick(now: number): Command<W>[];
  health(worker: number): Health;
  /** Whether a worker that is well could take the segment of an attempt that fails. */
  others(id: number): boolean;
  /** Whether the segment of an attempt has waited for as long as it may: see `outageMs`. */
  isOverdue(id: number, now: number): boolean;
  /** Whether a session that opened now could be spoken: a worker lives, or one may be tried. */
  admits(now: number): boolean;
  /** How many requests the workers take at once now, as far as they can be reached. */
  readonly slots: number;
  /** Sessions that are open and listened to; slots in use. */
  readonly load: { readonly sessions: number; readonly busy: number };
}

/** Makes a schedule. */
export function createSchedule<W extends Work>(options: ScheduleOptions<W>): Schedule<W> {
  const { slots, firstSlots, probes, outageMs, kept, part, garble: prior, ...limits } = { ...defaults, ...options };
  const sessions = new Map<string, Session<W>>();
  const workers: Workers = createWorkers({ slots, firstSlots: firstSlots ?? slots, probes });
  const flights = createFlights<W>(kept);
  const outage = createOutage(workers, flights, { ...limits, outageMs });
  const garble = createGarble(prior);
  const sizes = { ...limits, workMs: flights.workMs, garbled: garble.probability };
  let wakeAt = Number.POSITIVE_INFINITY;

  function dispatch(session: Session<W>, segment: Segment<W>, worker: number, now: number): Command<W> {
    const { id } = flights.begin(session, segment, worker, now);
    workers.take(worker, now);
    const { index, clauses, attempts, failures, losses } = segment;
    const waitedMs = now - (session.readyAt ?? now);
    session.readyAt = undefined;
    const tried = { attempts, failures, losses };
    return { kind: "dispatch", id, session: session.id, segment: index, clauses, worker, waitedMs, ...tried };
  }

  function note(worker: number, sign: Sign, pauseMs: number, now: number): Command<W>[] {
    const changed = workers.note(worker, sign, pauseMs, now);
    return changed ? [{ kind: "health", worker, health: workers.health(worker) }] : [];
  }

  /** Has a segment attempted again: elsewhere, unless its worker was just not there, or too busy. */
  function retry({ session, segment, worker }: Flight<W>, why: Retry, sign: Sign, now: number): void {
    const isBlameless = why === "free" && (sign === "unreachable" || sign === "busy");
    session?.retries.push(afterAttempt(segment, why, isBlameless ? undefined : worker, now));
  }

  /** Workers that are silent for too long are left out; what they had goes to others, as far as there are others. */
  function leaveSilent(now: number): Command<W>[] {
    const silent = flights.silent(now);
    const commands = silent.flatMap(({ worker }) =>
      workers.health(worker) === "away" ? [] : note(worker, "silent", 0, now),
    );
    for (const flight of silent) {
      const { id, session, segment, worker, seconds, passedSeconds } = flight;
      const others = session?.spare || workers.others(new Set([...segment.avoid, worker]));
      const goesElsewhere = segment.losses < maxLosses && others;
      if (session === undefined || !goesElsewhere) continue;
      if (passedSeconds > 0) settle(session, seconds, passedSeconds);
      else retry(flight, "loss", "silent", now);
      flights.orphan(flight);
      commands.push(passedSeconds > 0 ? { kind: "cut", id } : { kind: "abandon", id, why: "silent" });
      if (passedSeconds > 0) commands.push(...forgetIfOver(session));
    }
    return commands;
  }

  /** Serves the next clauses of a session, whose speech is at hand. */
  function take(session: Session<W>, clauses: readonly W[], seconds: number): Command<W> {
    const segment = takeKept(session, clauses.length, seconds);
    return { kind: "serve", session: session.id, segment, clauses };
  }

  /** Serves what is at hand of what comes next in a session. */
  function serve(session: Session<W>): Command<W>[] {
    const commands: Command<W>[] = [];
    for (;;) {
      const found = findKept(session, kept, sizes);
      if (found === undefined) break;
      commands.push(take(session, found.clauses, found.seconds));
    }
    return commands.length === 0 ? commands : [...commands, ...forgetIfOver(session)];
  }

  function run(now: number, commands: Command<W>[] = []): Command<W>[] {
    commands.push(...leaveSilent(now));
    for (const session of sessions.values()) commands.push(...serve(session));
    for (;;) {
      const made = { kept, keys: flights.keys };
      const ready = findReady(sessions.values(), workers, made, sizes, now);
      const { first, waiting } = ready;
      for (const { session } of waiting) session.readyAt ??= now;
      if (first === undefined) {
        const { vain, next: nextVain } = outage.judge(waiting, now);
        for (const { id } of vain) {
          sessions.delete(id);
          commands.push({ kind: "fail", session: id });
        }
        for (const worker of workers.probe(now)) commands.push({ kind: "probe", worker });
        const nextTry = waiting.length > vain.size ? workers.nextTry(now) : Number.POSITIVE_INFINITY;
        const next = Math.min(ready.next, nextVain, nextTry, flights.nextSilence(now), workers.nextProbe(now));
        if (next !== wakeAt) commands.push({ kind: "wakeAt", at: next });
        wakeAt = next;
        return commands;
      }
      const { candidate, worker } = first;
      const { session } = candidate;
      const segment = candidate.segment ?? nextSegment(candidate);
      if (segment === undefined) continue;
      // Only by now it is sure which words these are: they may be at hand, or on their way for another text.
      const seconds = candidate.segment === undefined ? keptSeconds(kept, segment.clauses) : undefined;
      if (seconds !== undefined) {
        commands.push(take(session, segment.clauses, seconds), ...serve(session), ...forgetIfOver(session));
        continue;
      }
      if (candidate.end.border !== undefined && isBeingMade(segment.clauses, made)) continue;
      commands.push(dispatch(session, segment, worker, now), ...serve(session));
    }
  }

  /** The next new segment of a session. Undefined: of what is being written nothing can be parted, and the session has forgotten that. */
  function nextSegment({ session, end }: Candidate<W>): Segment<W> | undefined {
    const count = partAt(session, end, part);
    return count === 0 ? undefined : createSegment(session.nextSegment, session.pending.slice(0, count));
  }

  const hasOthers = ({ segment, worker }: Flight<W>) => workers.others(new Set([...segment.avoid, worker]));

  function forgetIfOver(session: Session<W>): Command<W>[] {
    if (!isOver(session) || !sessions.delete(session.id)) return [];
    return [{ kind: "over", session: session.id }];
  }

  return {
    open(id, kind) {
      sessions.set(id, createSession<W>(id, kind));
    },
    offer(id, clauses, now, open) {
      const session = sessions.get(id) ?? createSession<W>(id);
      sessions.set(id, session);
      if (clauses.length > 0 || (open?.borders.length ?? 0) > 0) session.offeredAt ??= now;
      session.pending.push(...clauses);
      session.open = open;
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
      if (!flight.sounded) workers.answered(flight.worker, now - flight.since);
      flights.sounded(flight, passedSeconds, now);
      // Whoever was taken for hung is not.
      return run(now, workers.health(flight.worker) === "away" ? note(flight.worker, "well", 0, now) : []);
    },
    ended(id, { seconds, retry: why, sign, pauseMs = 0, isGarbled }, now) {
      const flight = flights.get(id);
      if (flight === undefined) return [];
      const { session, worker } = flight;
      flights.end(flight);
      workers.free(worker);
      if (isGarbled !== undefined) garble.learn(flight.seconds, isGarbled);
      const commands = note(worker, sign, pauseMs, now);
      if (session === undefined) return run(now, commands);
      if (why !== undefined) retry(flight, why, sign, now);
      else settle(session, flight.seconds, seconds);
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
      return flight !== undefined && hasOthers(flight);
    },
    isOverdue(id, now) {
      const flight = flights.get(id);
      if (flight?.session === undefined) return false;
      const { session, segment } = flight;
      // Its own other workers come before another engine.
      if (session.spare && hasOthers(flight)) return false;
      return now >= outage.patientUntil(session, segment.failedAt ?? now, now);
    },
    admits: (now) => workers.openFrom() < Number.POSITIVE_INFINITY || workers.mayTry(now),
    get slots() {
      return workers.slots;
    },
    get load() {
      const listened = [...sessions.values()].filter(({ background }) => !background);
      return { sessions: listened.length, busy: workers.busy };
    },
  };
}
