import type { Command } from "./command.ts";
import { createCourse } from "./course.ts";
import type { Ending } from "./ending.ts";
import type { ScheduleOptions } from "./options.ts";
import type { Work } from "./segment.ts";
import { hear, type SessionKind, settle, takeAudio } from "./session.ts";
import type { Unfinished } from "./sizes/border.ts";
import type { Health } from "./workers/workers.ts";

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
  /** The session's listener has heard so much of it by now. */
  played(session: string, seconds: number, now: number): Command<W>[];
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
  const course = createCourse(options);
  const { workers, flights, outage, garble, touch, release, run } = course;

  return {
    open(id, kind) {
      course.add(id, kind);
    },
    offer(id, clauses, now, open) {
      const session = course.get(id) ?? course.add(id);
      if (clauses.length > 0 || (open?.borders.length ?? 0) > 0) session.offeredAt ??= now;
      session.pending.push(...clauses);
      session.open = open;
      return run(now, touch(session, now));
    },
    flush(id, now) {
      const session = course.get(id);
      if (session === undefined) return [];
      session.urgent = session.pending.length;
      return run(now, touch(session, now));
    },
    end(id, now) {
      const session = course.get(id);
      if (session === undefined) return [{ kind: "over", session: id }];
      session.ended = true;
      return run(now, touch(session, now));
    },
    cancel(id, now) {
      const session = course.get(id);
      if (session === undefined) return [];
      course.remove(session);
      const commands = flights
        .of(session)
        .flatMap((flight): Command<W>[] => [
          { kind: "abandon", id: flight.id, why: "unwanted" },
          ...release(flight, "orphan", now),
        ]);
      return run(now, commands);
    },
    heard(id, now) {
      const session = course.get(id);
      if (session === undefined) return;
      session.heardAt ??= now;
      course.look(session, now);
    },
    played(id, seconds, now) {
      const session = course.get(id);
      if (session === undefined) return [];
      hear(session, seconds, now);
      return run(now, touch(session, now));
    },
    taken(id, seconds, now) {
      const session = course.get(id);
      if (session === undefined) return [];
      takeAudio(session, seconds, now);
      return run(now, touch(session, now));
    },
    sounded(id, passedSeconds, now) {
      const flight = flights.get(id);
      if (flight === undefined) return [];
      const commands = flight.sounded ? [] : course.answered(flight, now);
      flights.sounded(flight, passedSeconds, now);
      // Whoever was taken for hung is not.
      if (workers.health(flight.worker) === "away") commands.push(...course.note(flight.worker, "well", 0, now));
      return run(now, commands);
    },
    ended(id, { seconds, retry: why, sign, pauseMs = 0, isGarbled }, now) {
      const flight = flights.get(id);
      if (flight === undefined) return [];
      const { session, worker } = flight;
      workers.free(worker);
      if (isGarbled !== undefined) garble.learn(flight.seconds, isGarbled);
      const commands = course.note(worker, sign, pauseMs, now);
      if (why !== undefined) course.retry(flight, why, sign, now);
      else if (session !== undefined) settle(session, flight.seconds, seconds);
      commands.push(...release(flight, "end", now));
      if (session !== undefined) commands.push(...touch(session, now));
      return run(now, commands);
    },
    probed(worker, answered, now) {
      const changed = workers.probed(worker, answered, now);
      return run(now, changed ? [{ kind: "health", worker, health: workers.health(worker) }] : []);
    },
    probe: (now) => workers.probe(now, true).map((worker) => ({ kind: "probe", worker })),
    // Whoever ticks has no alarm set any more, also if it rang a little early: what still waits is named anew.
    tick: (now) => run(now, [], true),
    health: workers.health,
    others(id) {
      const flight = flights.get(id);
      return flight !== undefined && course.hasOthers(flight);
    },
    isOverdue(id, now) {
      const flight = flights.get(id);
      if (flight?.session === undefined) return false;
      const { session, segment } = flight;
      // Its own other workers come before another engine.
      if (session.spare && course.hasOthers(flight)) return false;
      return now >= outage.patientUntil(session, segment.failedAt ?? now, now);
    },
    admits: (now) => workers.openFrom() < Number.POSITIVE_INFINITY || workers.mayTry(now),
    get slots() {
      return workers.slots;
    },
    get load() {
      return { sessions: course.listeners, busy: workers.busy };
    },
  };
}
