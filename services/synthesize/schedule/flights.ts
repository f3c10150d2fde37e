import type { Kept, Keys } from "./kept.ts";
import { createHeap } from "./queue/heap.ts";
import { type Segment, totalSeconds, type Work } from "./segment.ts";
import { beginAttempt, type Session } from "./session.ts";
import { createPace, type Pace } from "./workers/pace.ts";

/** An attempt in progress: a worker is speaking a segment. */
export interface Flight<W> {
  readonly id: number;
  /** The session that the attempt belongs to; undefined once the attempt's speech is no longer wanted. */
  session: Session<W> | undefined;
  readonly worker: number;
  readonly segment: Segment<W>;
  /** The key of the speech that the attempt makes; undefined if that speech may not be reused; see Kept. */
  readonly key: string | undefined;
  /** The estimated duration of the segment's speech, in seconds. */
  readonly seconds: number;
  readonly since: number;
  /** How long the worker may be silent before it counts as hung, in milliseconds. */
  readonly silenceMs: number;
  /** Seconds of audio that were passed on to the reader, and so can neither be taken back nor spoken again. */
  passedSeconds: number;
  sounded: boolean;
}

/** All running attempts to have a worker speak a segment, including those whose speech is no longer wanted. */
export interface Flights<W> {
  /** Starts an attempt. `slowness`: how many times slower than normal the worker is. */
  begin(session: Session<W>, segment: Segment<W>, worker: number, slowness: number, now: number): Flight<W>;
  get(id: number): Flight<W> | undefined;
  /** Records that the attempt's worker sent bytes. */
  sounded(flight: Flight<W>, passedSeconds: number, now: number): void;
  end(flight: Flight<W>): void;
  /** Records that the attempt's speech is no longer wanted from this worker. */
  orphan(flight: Flight<W>): void;
  /** The running attempts at a session's segments, except those whose speech is no longer wanted. */
  of(session: Session<W>): Flight<W>[];
  /** The attempts whose workers have been silent for too long. */
  silent(now: number): Flight<W>[];
  /** How long the engine takes to make speech, as learned from earlier attempts. */
  readonly pace: Pace;
  /** The earliest time at which a worker that stays silent will have been silent for too long. */
  nextSilence(): number;
  /** The keys of the speech that is being made and is still wanted. */
  readonly keys: Keys;
  /** Whether any attempt is still in progress whose speech is wanted by a session. */
  readonly wanted: boolean;
}

/** Makes an empty table of attempts. */
export function createFlights<W extends Work>(kept: Pick<Kept<W>, "keyOf">): Flights<W> {
  const all = new Map<number, Flight<W>>();
  /** The attempts that are still wanted, by session. */
  const bySession = new Map<Session<W>, Set<Flight<W>>>();
  /** `unheard`: attempts whose worker is overdue (silent for too long). `heard`: the others, soonest overdue first. */
  const heard = createHeap<Flight<W>>(({ id }) => id);
  const unheard = new Set<Flight<W>>();
  /** For each key of speech: how many attempts that are still wanted are making that speech. */
  const keys = new Map<string, number>();
  const pace = createPace();
  let lastId = 0;

  function hear(flight: Flight<W>, now: number): void {
    unheard.delete(flight);
    heard.set(flight, now + flight.silenceMs);
  }

  function count(key: string | undefined, more: number): void {
    if (key === undefined) return;
    const left = (keys.get(key) ?? 0) + more;
    if (left > 0) keys.set(key, left);
    else keys.delete(key);
  }

  /** Stops counting an attempt among the attempts of its session. */
  function leave(flight: Flight<W>): void {
    const { session } = flight;
    if (session === undefined) return;
    session.inFlight--;
    const own = bySession.get(session);
    own?.delete(flight);
    if (own?.size === 0) bySession.delete(session);
    count(flight.key, -1);
  }

  return {
    pace,
    begin(session, segment, worker, slowness, now) {
      const seconds = totalSeconds(segment.clauses);
      const flight: Flight<W> = {
        id: ++lastId,
        session,
        worker,
        segment,
        key: kept.keyOf(segment.clauses),
        seconds,
        since: now,
        silenceMs: pace.silenceMs(seconds, slowness),
        passedSeconds: 0,
        sounded: false,
      };
      beginAttempt(session, segment, seconds);
      all.set(flight.id, flight);
      const own = bySession.get(session) ?? new Set();
      bySession.set(session, own.add(flight));
      count(flight.key, 1);
      hear(flight, now);
      return flight;
    },
    get: (id) => all.get(id),
    sounded(flight, passedSeconds, now) {
      flight.sounded = true;
      flight.passedSeconds = passedSeconds;
      hear(flight, now);
    },
    end(flight) {
      leave(flight);
      all.delete(flight.id);
      heard.remove(flight);
      unheard.delete(flight);
    },
    orphan(flight) {
      leave(flight);
      flight.session = undefined;
    },
    of: (session) => [...(bySession.get(session) ?? [])],
    silent(now) {
      for (let { first } = heard; first !== undefined && heard.least <= now; { first } = heard) {
        heard.remove(first);
        unheard.add(first);
      }
      return [...unheard];
    },
    nextSilence: () => heard.least,
    keys,
    get wanted() {
      return bySession.size > 0;
    },
  };
}
