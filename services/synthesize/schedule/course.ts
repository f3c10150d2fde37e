import type { Command } from "./command.ts";
import { createFlights, type Flight, type Flights } from "./flights.ts";
import { type Kept, keptSeconds } from "./kept.ts";
import { defaults, type ScheduleOptions } from "./options.ts";
import { createOutage, type Outage } from "./outage.ts";
import { type Agenda, type Chosen, createAgenda } from "./queue/agenda.ts";
import { type Candidate, findKept } from "./queue/candidates.ts";
import { afterAttempt, createSegment, maxLosses, type Retry, type Segment, type Work } from "./segment.ts";
import { createSession, isOver, partAt, type Session, type SessionKind, settle, takeKept } from "./session.ts";
import type { Part } from "./sizes/border.ts";
import { createGarble, type Garble } from "./sizes/garble.ts";
import { keyBeingMade, type Made, type Sizes } from "./sizes/next.ts";
import type { Sign } from "./workers/worker.ts";
import { createWorkers, type Workers } from "./workers/workers.ts";

/** The state of a schedule, and the steps that change it. */
export interface Course<W extends Work> {
  readonly workers: Workers;
  readonly flights: Flights<W>;
  readonly outage: Outage<W>;
  readonly garble: Garble;
  /** The number of sessions that are open and listened to. */
  readonly listeners: number;
  get(id: string): Session<W> | undefined;
  add(id: string, kind?: Partial<SessionKind>): Session<W>;
  remove(session: Session<W>): void;
  /** Recomputes when a session's next segment can be dispatched, for example once the session's playback has begun. */
  look(session: Session<W>, now: number): void;
  /** Like `look`, but also takes the session's next segments from the cache if they are there. */
  touch(session: Session<W>, now: number): Command<W>[];
  /** Ends a flight (a running attempt), or lets it go on without its session; wakes sessions awaiting its speech. */
  release(flight: Flight<W>, how: "end" | "orphan", now: number): Command<W>[];
  /** Has the segment of a flight attempted again. */
  retry(flight: Flight<W>, why: Retry, sign: Sign, now: number): void;
  /** Records what a piece of work revealed about its worker. That worker is not used for the next `pauseMs`. */
  note(worker: number, sign: Sign, pauseMs: number, now: number): Command<W>[];
  /** Records that a flight's worker sent its first byte. */
  answered(flight: Flight<W>, now: number): Command<W>[];
  /** Whether a healthy worker other than the flight's own could take the flight's segment. */
  hasOthers(flight: Flight<W>): boolean;
  /**
   * Assigns waiting work to free workers; the result begins with the given commands. `rang`: the alarm that was set has
   * fired.
   */
  run(now: number, commands?: Command<W>[], rang?: boolean): Command<W>[];
}

/**
 * All sessions are re-evaluated whenever the engine's predicted time for `seconds` of speech has changed by the
 * fraction `change` since they were last re-evaluated.
 */
const looked = { seconds: 4, change: 0.2 };

/** Takes the next clauses from a session; returns the command to serve their speech from the cache. */
function take<W extends Work>(session: Session<W>, clauses: readonly W[], seconds: number): Command<W> {
  const segment = takeKept(session, clauses.length, seconds);
  return { kind: "serve", session: session.id, segment, clauses };
}

class ScheduleCourse<W extends Work> implements Course<W> {
  readonly workers: Workers;
  readonly flights: Flights<W>;
  readonly outage: Outage<W>;
  readonly garble: Garble;
  readonly #kept: Kept<W>;
  readonly #part: Part<W>;
  readonly #sessions = new Map<string, Session<W>>();
  readonly #agenda: Agenda<W>;
  readonly #made: Made<W>;
  /** The sizes of segments for a worker of normal speed. */
  readonly #sizes: Sizes;
  #lookedAtMs: number;
  #listeners = 0;
  #lastNth = 0;
  #wakeAt = Number.POSITIVE_INFINITY;

  constructor(options: ScheduleOptions<W>) {
    const { slots, firstSlots, probes, outageMs, kept, part, garble: prior, ...limits } = { ...defaults, ...options };
    const workers = createWorkers({ slots, firstSlots: firstSlots ?? slots, probes });
    const flights = createFlights<W>(kept);
    const garble = createGarble(prior);
    const { pace, keys } = flights;
    const sizesAt = (slowness: number): Sizes => ({
      ...limits,
      workMs: (seconds) => pace.workMs(seconds) * slowness,
      garbled: garble.probability,
      isCrowded: () => workers.isNearlyFull,
    });
    // A worker that seems faster than normal counts as normal: it may be slower this time, and listeners would wait.
    const sizesOf = (worker: number) => sizesAt(Math.max(1, workers.slowness(worker)));
    this.workers = workers;
    this.flights = flights;
    this.garble = garble;
    this.outage = createOutage(workers, flights, { ...limits, outageMs });
    this.#kept = kept;
    this.#part = part;
    this.#made = { kept, keys };
    this.#sizes = sizesAt(1);
    this.#agenda = createAgenda<W>({ workers, made: this.#made, sizes: this.#sizes, sizesOf });
    this.#lookedAtMs = pace.workMs(looked.seconds);
  }

  remove(session: Session<W>): void {
    this.#sessions.delete(session.id);
    if (!session.background) this.#listeners--;
    this.#agenda.forget(session);
  }

  touch(session: Session<W>, now: number): Command<W>[] {
    if (this.#sessions.get(session.id) !== session) return [];
    const commands: Command<W>[] = [];
    const next = () => findKept(session, this.#kept, this.#sizes);
    for (let at = next(); at !== undefined; at = next()) commands.push(take(session, at.clauses, at.seconds));
    if (isOver(session)) {
      this.remove(session);
      return [...commands, { kind: "over", session: session.id }];
    }
    this.#agenda.look(session, now);
    return commands;
  }

  release(flight: Flight<W>, how: "end" | "orphan", now: number): Command<W>[] {
    this.flights[how](flight);
    return this.#agenda.release(flight.key).flatMap((session) => this.touch(session, now));
  }

  note(worker: number, sign: Sign, pauseMs: number, now: number): Command<W>[] {
    const changed = this.workers.note(worker, sign, pauseMs, now);
    return changed ? [{ kind: "health", worker, health: this.workers.health(worker) }] : [];
  }

  /** Queues another attempt at a segment: by another worker, unless the last one was only unreachable or too busy. */
  retry({ session, segment, worker }: Flight<W>, why: Retry, sign: Sign, now: number): void {
    const isBlameless = why === "free" && (sign === "unreachable" || sign === "busy");
    session?.retries.push(afterAttempt(segment, why, isBlameless ? undefined : worker, now));
  }

  hasOthers({ segment, worker }: Flight<W>) {
    return this.workers.others(new Set([...segment.avoid, worker]));
  }

  get listeners(): number {
    return this.#listeners;
  }

  get(id: string): Session<W> | undefined {
    return this.#sessions.get(id);
  }

  add(id: string, kind: Partial<SessionKind> = {}): Session<W> {
    const session = createSession<W>(id, ++this.#lastNth, kind);
    this.#sessions.set(id, session);
    this.#agenda.add(session);
    if (!session.background) this.#listeners++;
    return session;
  }

  look(session: Session<W>, now: number): void {
    this.#agenda.look(session, now);
  }

  answered({ worker, seconds, since }: Flight<W>, now: number): Command<W>[] {
    const { pace } = this.flights;
    const tookMs = now - since;
    const slowness = this.workers.slowness(worker);
    this.workers.answered(worker, tookMs, pace.isKnown ? pace.workMs(seconds) : tookMs);
    pace.learn(seconds, tookMs / slowness);
    const usualMs = pace.workMs(looked.seconds);
    if (Math.abs(usualMs - this.#lookedAtMs) <= looked.change * this.#lookedAtMs) return [];
    this.#lookedAtMs = usualMs;
    return [...this.#sessions.values()].flatMap((session) => this.touch(session, now));
  }

  run(now: number, commands: Command<W>[] = [], rang = false): Command<W>[] {
    if (rang) this.#wakeAt = Number.POSITIVE_INFINITY;
    commands.push(...this.#leaveSilent(now));
    for (const session of this.#agenda.wake(now)) commands.push(...this.touch(session, now));
    for (let chosen = this.#agenda.first(now); chosen !== undefined; chosen = this.#agenda.first(now))
      commands.push(...this.#begin(chosen, now));
    const { vain, next: nextVain } = this.outage.judge(this.#agenda.waiting(), now);
    for (const session of vain) {
      this.remove(session);
      commands.push({ kind: "fail", session: session.id });
    }
    for (const worker of this.workers.probe(now)) commands.push({ kind: "probe", worker });
    const isWaiting = this.#agenda.waiting().some(() => true);
    const nextTry = isWaiting ? this.workers.nextTry(now) : Number.POSITIVE_INFINITY;
    const next = Math.min(
      this.#agenda.next,
      nextVain,
      nextTry,
      this.flights.nextSilence(),
      this.workers.nextProbe(now),
    );
    if (next !== this.#wakeAt) commands.push({ kind: "wakeAt", at: next });
    this.#wakeAt = next;
    return commands;
  }

  /** Stops using workers that have been silent for too long. Their work goes to other workers, if any can take it. */
  #leaveSilent(now: number): Command<W>[] {
    const silent = this.flights.silent(now);
    const commands = silent.flatMap(({ worker }) =>
      this.workers.health(worker) === "away" ? [] : this.note(worker, "silent", 0, now),
    );
    for (const flight of silent) {
      const { id, session, segment, seconds, passedSeconds } = flight;
      const goesElsewhere = segment.losses < maxLosses && (session?.spare || this.hasOthers(flight));
      if (session === undefined || !goesElsewhere) continue;
      if (passedSeconds > 0) settle(session, seconds, passedSeconds);
      else this.retry(flight, "loss", "silent", now);
      const touched = this.release(flight, "orphan", now);
      commands.push(passedSeconds > 0 ? { kind: "cut", id } : { kind: "abandon", id, why: "silent" });
      commands.push(...touched, ...this.touch(session, now));
    }
    return commands;
  }

  #dispatch(session: Session<W>, segment: Segment<W>, worker: number, now: number): Command<W> {
    const { id } = this.flights.begin(session, segment, worker, this.workers.slowness(worker), now);
    this.workers.take(worker, now);
    const { index, clauses, attempts, failures, losses } = segment;
    const waitedMs = now - (session.readyAt ?? now);
    session.readyAt = undefined;
    const tried = { attempts, failures, losses };
    return { kind: "dispatch", id, session: session.id, segment: index, clauses, worker, waitedMs, ...tried };
  }

  /**
   * The next new segment of a session, up to `end`. Undefined if `end` is a border in the clause being written and that
   * clause turns out not to be divisible there; the session then disregards the clause until it is offered again.
   */
  #nextSegment({ session, end }: Candidate<W>): Segment<W> | undefined {
    const count = partAt(session, end, this.#part);
    return count === 0 ? undefined : createSegment(session.nextSegment, session.pending.slice(0, count));
  }

  /**
   * Has a worker speak a segment. If the segment turns out to be cached, it is served instead; if another attempt is
   * already making the same speech, the session waits for that attempt.
   */
  #begin({ candidate, worker }: Chosen<W>, now: number): Command<W>[] {
    const { session, end } = candidate;
    const isNew = candidate.segment === undefined;
    const segment = candidate.segment ?? this.#nextSegment(candidate);
    if (segment === undefined) return this.touch(session, now);
    // Whether the speech is cached can be decided only now: a clause may have been divided, which changes the words.
    const seconds = isNew ? keptSeconds(this.#kept, segment.clauses) : undefined;
    if (seconds !== undefined) return [take(session, segment.clauses, seconds), ...this.touch(session, now)];
    const isMade = isNew && end.border !== undefined && keyBeingMade(segment.clauses, this.#made) !== undefined;
    return [...(isMade ? [] : [this.#dispatch(session, segment, worker, now)]), ...this.touch(session, now)];
  }
}

/** Creates the state of a new schedule. */
export function createCourse<W extends Work>(options: ScheduleOptions<W>): Course<W> {
  return new ScheduleCourse(options);
}
