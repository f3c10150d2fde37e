import type { Command } from "./command.ts";
import { createFlights, type Flight, type Flights } from "./flights.ts";
import { keptSeconds } from "./kept.ts";
import { defaults, type ScheduleOptions } from "./options.ts";
import { createOutage, type Outage } from "./outage.ts";
import { type Chosen, createAgenda } from "./queue/agenda.ts";
import { type Candidate, findKept } from "./queue/candidates.ts";
import { afterAttempt, createSegment, maxLosses, type Retry, type Segment, type Work } from "./segment.ts";
import { createSession, isOver, partAt, type Session, type SessionKind, settle, takeKept } from "./session.ts";
import { createGarble, type Garble } from "./sizes/garble.ts";
import { keyBeingMade, type Sizes } from "./sizes/next.ts";
import { createWorkers, type Sign, type Workers } from "./workers/workers.ts";

/** What a schedule knows, and how it goes on from there. */
export interface Course<W extends Work> {
  readonly workers: Workers;
  readonly flights: Flights<W>;
  readonly outage: Outage<W>;
  readonly garble: Garble;
  /** Sessions that are open and listened to. */
  readonly listeners: number;
  get(id: string): Session<W> | undefined;
  add(id: string, kind?: Partial<SessionKind>): Session<W>;
  remove(session: Session<W>): void;
  /** What comes next in a session is looked at: something happened to it. */
  look(session: Session<W>, now: number): void;
  /** The same, and what is at hand of it is served. */
  touch(session: Session<W>, now: number): Command<W>[];
  /** Ends a flight, or leaves it to itself, and touches those that have waited for what it makes. */
  release(flight: Flight<W>, how: "end" | "orphan", now: number): Command<W>[];
  /** Has the segment of a flight attempted again. */
  retry(flight: Flight<W>, why: Retry, sign: Sign, now: number): void;
  /** Work showed something of its worker. */
  note(worker: number, sign: Sign, pauseMs: number, now: number): Command<W>[];
  /** A flight's worker brought the first byte. */
  answered(flight: Flight<W>, now: number): Command<W>[];
  /** Whether a worker that is well could take the segment of a flight that fails. */
  hasOthers(flight: Flight<W>): boolean;
  /** Has free workers do what waits for them, after what the commands already say. `rang`: the alarm that was named has rung. */
  run(now: number, commands?: Command<W>[], rang?: boolean): Command<W>[];
}

/** All sessions are looked at once speech of so many seconds takes longer or shorter than when they were last, by so much of it. */
const looked = { seconds: 4, change: 0.2 };

/** Makes the course of a schedule in which nothing has happened. */
export function createCourse<W extends Work>(options: ScheduleOptions<W>): Course<W> {
  const { slots, firstSlots, probes, outageMs, kept, part, garble: prior, ...limits } = { ...defaults, ...options };
  const sessions = new Map<string, Session<W>>();
  const workers = createWorkers({ slots, firstSlots: firstSlots ?? slots, probes });
  const flights = createFlights<W>(kept);
  const outage = createOutage(workers, flights, { ...limits, outageMs });
  const garble = createGarble(prior);
  const { pace } = flights;
  const sizesAt = (slowness: number): Sizes => ({
    ...limits,
    workMs: (seconds) => pace.workMs(seconds) * slowness,
    garbled: garble.probability,
    isCrowded: () => workers.isNearlyFull,
  });
  const sizes = sizesAt(1);
  const made = { kept, keys: flights.keys };
  // Who seems faster than is usual may not be for this one: nobody's words go later for it.
  const sizesOf = (worker: number) => sizesAt(Math.max(1, workers.slowness(worker)));
  const agenda = createAgenda<W>({ workers, made, sizes, sizesOf });
  let lookedAtMs = pace.workMs(looked.seconds);
  let listeners = 0;
  let lastNth = 0;
  let wakeAt = Number.POSITIVE_INFINITY;

  function remove(session: Session<W>): void {
    sessions.delete(session.id);
    if (!session.background) listeners--;
    agenda.forget(session);
  }

  /** Serves the next clauses of a session, whose speech is at hand. */
  function take(session: Session<W>, clauses: readonly W[], seconds: number): Command<W> {
    const segment = takeKept(session, clauses.length, seconds);
    return { kind: "serve", session: session.id, segment, clauses };
  }

  function touch(session: Session<W>, now: number): Command<W>[] {
    if (sessions.get(session.id) !== session) return [];
    const commands: Command<W>[] = [];
    for (let at = findKept(session, kept, sizes); at !== undefined; at = findKept(session, kept, sizes))
      commands.push(take(session, at.clauses, at.seconds));
    if (isOver(session)) {
      remove(session);
      return [...commands, { kind: "over", session: session.id }];
    }
    agenda.look(session, now);
    return commands;
  }

  function release(flight: Flight<W>, how: "end" | "orphan", now: number): Command<W>[] {
    flights[how](flight);
    return agenda.release(flight.key).flatMap((session) => touch(session, now));
  }

  function note(worker: number, sign: Sign, pauseMs: number, now: number): Command<W>[] {
    const changed = workers.note(worker, sign, pauseMs, now);
    return changed ? [{ kind: "health", worker, health: workers.health(worker) }] : [];
  }

  /** Elsewhere, unless its worker was just not there, or too busy. */
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
      const { id, session, segment, seconds, passedSeconds } = flight;
      const goesElsewhere = segment.losses < maxLosses && (session?.spare || hasOthers(flight));
      if (session === undefined || !goesElsewhere) continue;
      if (passedSeconds > 0) settle(session, seconds, passedSeconds);
      else retry(flight, "loss", "silent", now);
      const touched = release(flight, "orphan", now);
      commands.push(passedSeconds > 0 ? { kind: "cut", id } : { kind: "abandon", id, why: "silent" });
      commands.push(...touched, ...touch(session, now));
    }
    return commands;
  }

  const hasOthers = ({ segment, worker }: Flight<W>) => workers.others(new Set([...segment.avoid, worker]));

  function dispatch(session: Session<W>, segment: Segment<W>, worker: number, now: number): Command<W> {
    const { id } = flights.begin(session, segment, worker, workers.slowness(worker), now);
    workers.take(worker, now);
    const { index, clauses, attempts, failures, losses } = segment;
    const waitedMs = now - (session.readyAt ?? now);
    session.readyAt = undefined;
    const tried = { attempts, failures, losses };
    return { kind: "dispatch", id, session: session.id, segment: index, clauses, worker, waitedMs, ...tried };
  }

  /** The next new segment of a session. Undefined: of what is being written nothing can be parted, and the session has forgotten that. */
  function nextSegment({ session, end }: Candidate<W>): Segment<W> | undefined {
    const count = partAt(session, end, part);
    return count === 0 ? undefined : createSegment(session.nextSegment, session.pending.slice(0, count));
  }

  /** Has a worker speak a segment; or serves it, where it turns out to be at hand, or leaves it to whoever makes the same. */
  function begin({ candidate, worker }: Chosen<W>, now: number): Command<W>[] {
    const { session, end } = candidate;
    const isNew = candidate.segment === undefined;
    const segment = candidate.segment ?? nextSegment(candidate);
    if (segment === undefined) return touch(session, now);
    // Only by now it is sure which words these are.
    const seconds = isNew ? keptSeconds(kept, segment.clauses) : undefined;
    if (seconds !== undefined) return [take(session, segment.clauses, seconds), ...touch(session, now)];
    const isMade = isNew && end.border !== undefined && keyBeingMade(segment.clauses, made) !== undefined;
    return [...(isMade ? [] : [dispatch(session, segment, worker, now)]), ...touch(session, now)];
  }

  return {
    workers,
    flights,
    outage,
    garble,
    get listeners() {
      return listeners;
    },
    get: (id) => sessions.get(id),
    add(id, kind = {}) {
      const session = createSession<W>(id, ++lastNth, kind);
      sessions.set(id, session);
      agenda.add(session);
      if (!session.background) listeners++;
      return session;
    },
    remove,
    look: agenda.look,
    touch,
    release,
    retry,
    note,
    answered({ worker, seconds, since }, now) {
      const tookMs = now - since;
      const slowness = workers.slowness(worker);
      workers.answered(worker, tookMs, pace.isKnown ? pace.workMs(seconds) : tookMs);
      pace.learn(seconds, tookMs / slowness);
      const usualMs = pace.workMs(looked.seconds);
      if (Math.abs(usualMs - lookedAtMs) <= looked.change * lookedAtMs) return [];
      lookedAtMs = usualMs;
      return [...sessions.values()].flatMap((session) => touch(session, now));
    },
    hasOthers,
    run(now, commands = [], rang = false) {
      if (rang) wakeAt = Number.POSITIVE_INFINITY;
      commands.push(...leaveSilent(now));
      for (const session of agenda.wake(now)) commands.push(...touch(session, now));
      for (let chosen = agenda.first(now); chosen !== undefined; chosen = agenda.first(now))
        commands.push(...begin(chosen, now));
      const { vain, next: nextVain } = outage.judge(agenda.waiting(), now);
      for (const session of vain) {
        remove(session);
        commands.push({ kind: "fail", session: session.id });
      }
      for (const worker of workers.probe(now)) commands.push({ kind: "probe", worker });
      const isWaiting = agenda.waiting().some(() => true);
      const nextTry = isWaiting ? workers.nextTry(now) : Number.POSITIVE_INFINITY;
      const next = Math.min(agenda.next, nextVain, nextTry, flights.nextSilence(), workers.nextProbe(now));
      if (next !== wakeAt) commands.push({ kind: "wakeAt", at: next });
      wakeAt = next;
      return commands;
    },
  };
}
