/*
 * The core of the schedule is two files. This one handles events: each event changes a session or a flight,
 * re-evaluates what that affects, and then runs the course (`course.ts`). The course holds all state and advances it:
 * it serves speech that is already available, gives free workers the most urgent segment, fails sessions that have
 * waited in vain, and says when it wants to be woken. Every event ends in exactly one run, and nothing happens between
 * events.
 *
 * Ownership: a session (`session.ts`) owns its clauses and knows how much audio its reader has; a flight (`flights.ts`)
 * is one attempt at a segment, and may outlive its session; `workers/` knows which workers have a free slot, which are
 * healthy, and how fast each is; `queue/agenda.ts` decides which session is next; `sizes/` decides where a segment ends
 * and how long it waits for more text; `outage.ts` decides which sessions give up while no worker takes work.
 *
 * Pitfalls: a session that is changed without a call of `touch` is considered too late, or never. The queues of the
 * agenda reflect the last time each session was looked at, so a segment is sized again just before it is dispatched.
 * `now` must never go backwards. Commands must be executed in their order: a `cut` comes before the dispatch that
 * replaces it, and `over` after everything that was served.
 */
import type { Command } from "./command.ts";
import { type Course, createCourse } from "./course.ts";
import type { Ending } from "./ending.ts";
import type { ScheduleOptions } from "./options.ts";
import type { Work } from "./segment.ts";
import { hear, type SessionKind, settle, takeAudio } from "./session.ts";
import type { Unfinished } from "./sizes/border.ts";
import type { Health } from "./workers/worker.ts";

/**
 * Decides which segment is spoken next, by which worker, and how long it is: a synchronous core, with events in and
 * commands out; it holds no promise, timer or engine. The clauses of a session are spoken in order, each exactly once
 * unless cancelled. Of all segments that are ready, in all sessions, the one whose audio is needed first is next. A
 * worker that cannot be reached or falls silent gets no work until it is back; its work goes to another. Cached speech
 * is served as soon as its turn comes, without a worker; while a worker synthesizes a text, other sessions that want
 * the same text wait for it.
 */
export interface Schedule<W extends Work> {
  /** Opens a session; `kind`: how the session differs from an ordinary session. */
  open(session: string, kind: Partial<SessionKind>): void;
  /**
   * Adds clauses of a session and replaces its unfinished clause; the first offer opens the session if it is not open.
   */
  offer(session: string, clauses: readonly W[], now: number, open?: Unfinished<W>): Command<W>[];
  /** Starts speaking all text that has been offered so far, without waiting for more text. */
  flush(session: string, now: number): Command<W>[];
  /** States that there will be no more clauses. The session is forgotten after its last segment. */
  end(session: string, now: number): Command<W>[];
  /** Drops a session: waiting work is forgotten, running work is abandoned. */
  cancel(session: string, now: number): Command<W>[];
  /** Records that the session's first audio was passed on to its reader: its playback has begun. */
  heard(session: string, now: number): void;
  /** Records how many seconds the session's listener has heard by now. */
  played(session: string, seconds: number, now: number): Command<W>[];
  /** Records that the reader took audio: more of the session's speech may be made now. */
  taken(session: string, seconds: number, now: number): Command<W>[];
  /** Records that an attempt's worker sent bytes, and how much audio has been passed on to the reader so far. */
  sounded(id: number, passedSeconds: number, now: number): Command<W>[];
  /** Records that an attempt has ended, in whatever way, and its slot is free. */
  ended(id: number, ending: Ending, now: number): Command<W>[];
  /** Records the result of a probe; `answered`: whether the worker responded. */
  probed(worker: number, answered: boolean, now: number): Command<W>[];
  /** Probes at once every worker that is away, except those being probed. */
  probe(now: number): Command<W>[];
  /** Handles the passage of time; call it when the alarm that a command has set goes off. */
  tick(now: number): Command<W>[];
  health(worker: number): Health;
  /** Whether, if an attempt fails, another healthy worker could take its segment. */
  others(id: number): boolean;
  /** Whether the segment of an attempt has waited as long as it may: see `outageMs`. */
  isOverdue(id: number, now: number): boolean;
  /** Whether a session opened now could be spoken: a worker can be used, or may be tried. */
  admits(now: number): boolean;
  /** How many requests the reachable workers accept at once. */
  readonly slots: number;
  /** How many sessions are open and listened to, and how many slots are in use. */
  readonly load: { readonly sessions: number; readonly busy: number };
}

class EventSchedule<W extends Work> implements Schedule<W> {
  readonly #course: Course<W>;

  constructor(options: ScheduleOptions<W>) {
    this.#course = createCourse(options);
  }

  open(id: string, kind: Partial<SessionKind>): void {
    this.#course.add(id, kind);
  }

  offer(id: string, clauses: readonly W[], now: number, open?: Unfinished<W>): Command<W>[] {
    const session = this.#course.get(id) ?? this.#course.add(id);
    if (clauses.length > 0 || (open?.borders.length ?? 0) > 0) session.offeredAt ??= now;
    session.pending.push(...clauses);
    session.open = open;
    return this.#course.run(now, this.#course.touch(session, now));
  }

  flush(id: string, now: number): Command<W>[] {
    const session = this.#course.get(id);
    if (session === undefined) return [];
    session.urgent = session.pending.length;
    return this.#course.run(now, this.#course.touch(session, now));
  }

  end(id: string, now: number): Command<W>[] {
    const session = this.#course.get(id);
    if (session === undefined) return [{ kind: "over", session: id }];
    session.ended = true;
    return this.#course.run(now, this.#course.touch(session, now));
  }

  cancel(id: string, now: number): Command<W>[] {
    const session = this.#course.get(id);
    if (session === undefined) return [];
    this.#course.remove(session);
    const commands = this.#course.flights
      .of(session)
      .flatMap((flight): Command<W>[] => [
        { kind: "abandon", id: flight.id, why: "unwanted" },
        ...this.#course.release(flight, "orphan", now),
      ]);
    return this.#course.run(now, commands);
  }

  heard(id: string, now: number): void {
    const session = this.#course.get(id);
    if (session === undefined) return;
    session.heardAt ??= now;
    this.#course.look(session, now);
  }

  played(id: string, seconds: number, now: number): Command<W>[] {
    const session = this.#course.get(id);
    if (session === undefined) return [];
    hear(session, seconds, now);
    return this.#course.run(now, this.#course.touch(session, now));
  }

  taken(id: string, seconds: number, now: number): Command<W>[] {
    const session = this.#course.get(id);
    if (session === undefined) return [];
    takeAudio(session, seconds, now);
    return this.#course.run(now, this.#course.touch(session, now));
  }

  sounded(id: number, passedSeconds: number, now: number): Command<W>[] {
    const flight = this.#course.flights.get(id);
    if (flight === undefined) return [];
    const commands = flight.sounded ? [] : this.#course.answered(flight, now);
    this.#course.flights.sounded(flight, passedSeconds, now);
    // The worker was considered hung, but now it has sent something.
    if (this.#course.workers.health(flight.worker) === "away")
      commands.push(...this.#course.note(flight.worker, "well", 0, now));
    return this.#course.run(now, commands);
  }

  ended(id: number, { seconds, retry: why, sign, pauseMs = 0, isGarbled }: Ending, now: number): Command<W>[] {
    const flight = this.#course.flights.get(id);
    if (flight === undefined) return [];
    const { session, worker } = flight;
    this.#course.workers.free(worker);
    if (isGarbled !== undefined) this.#course.garble.learn(flight.seconds, isGarbled);
    const commands = this.#course.note(worker, sign, pauseMs, now);
    if (why !== undefined) this.#course.retry(flight, why, sign, now);
    else if (session !== undefined) settle(session, flight.seconds, seconds);
    commands.push(...this.#course.release(flight, "end", now));
    if (session !== undefined) commands.push(...this.#course.touch(session, now));
    return this.#course.run(now, commands);
  }

  probed(worker: number, answered: boolean, now: number): Command<W>[] {
    const changed = this.#course.workers.probed(worker, answered, now);
    return this.#course.run(now, changed ? [{ kind: "health", worker, health: this.health(worker) }] : []);
  }

  probe(now: number): Command<W>[] {
    return this.#course.workers.probe(now, true).map((worker) => ({ kind: "probe", worker }));
  }

  // The alarm has gone off, perhaps a little early: none is pending now, so a new one is set even for the same time.
  tick(now: number): Command<W>[] {
    return this.#course.run(now, [], true);
  }

  health(worker: number): Health {
    return this.#course.workers.health(worker);
  }

  others(id: number): boolean {
    const flight = this.#course.flights.get(id);
    return flight !== undefined && this.#course.hasOthers(flight);
  }

  isOverdue(id: number, now: number): boolean {
    const flight = this.#course.flights.get(id);
    if (flight?.session === undefined) return false;
    const { session, segment } = flight;
    // As long as another worker of this engine can speak the segment, no other engine takes over.
    if (session.spare && this.#course.hasOthers(flight)) return false;
    return now >= this.#course.outage.patientUntil(session, segment.failedAt ?? now, now);
  }

  admits(now: number): boolean {
    return this.#course.workers.openFrom() < Number.POSITIVE_INFINITY || this.#course.workers.mayTry(now);
  }

  get slots(): number {
    return this.#course.workers.slots;
  }

  get load(): { readonly sessions: number; readonly busy: number } {
    return { sessions: this.#course.listeners, busy: this.#course.workers.busy };
  }
}

/** Creates a schedule. */
export function createSchedule<W extends Work>(options: ScheduleOptions<W>): Schedule<W> {
  return new EventSchedule(options);
}
