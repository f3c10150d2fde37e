import type { Kept, Keys } from "./kept.ts";
import { createHeap } from "./queue/heap.ts";
import { type Segment, totalSeconds, type Work } from "./segment.ts";
import { beginAttempt, type Session } from "./session.ts";
import { createPace, type Pace } from "./workers/pace.ts";

/** An attempt that is under way: a worker speaks a segment. */
export interface Flight<W> {
  readonly id: number;
  /** Whose it is; undefined once nobody wants it of this worker any more. */
  session: Session<W> | undefined;
  readonly worker: number;
  readonly segment: Segment<W>;
  /** Names what it makes; see Kept. */
  readonly key: string | undefined;
  /** How long its speech was thought to be. */
  readonly seconds: number;
  readonly since: number;
  /** How long ago its worker's last sign of life on it may be. */
  readonly silenceMs: number;
  /** Seconds of audio that went on to its reader: they can be neither taken back nor spoken a second time. */
  passedSeconds: number;
  sounded: boolean;
}

/** Every attempt that is under way, wanted or not. */
export interface Flights<W> {
  /** `slowness`: of its worker; see Workers. */
  begin(session: Session<W>, segment: Segment<W>, worker: number, slowness: number, now: number): Flight<W>;
  get(id: number): Flight<W> | undefined;
  /** Its worker brought bytes of it. */
  sounded(flight: Flight<W>, passedSeconds: number, now: number): void;
  end(flight: Flight<W>): void;
  /** Nobody wants it of this worker any more. */
  orphan(flight: Flight<W>): void;
  /** Those of a session. */
  of(session: Session<W>): Flight<W>[];
  /** Those whose worker has been silent for too long. */
  silent(now: number): Flight<W>[];
  /** How long the engine takes. */
  readonly pace: Pace;
  /** When the next one will have been. */
  nextSilence(): number;
  /** The keys of what is being made for somebody. */
  readonly keys: Keys;
  /** Whether somebody waits for one. */
  readonly wanted: boolean;
}

/** Makes the table of flights. */
export function createFlights<W extends Work>({ keyOf }: Pick<Kept<W>, "keyOf">): Flights<W> {
  const all = new Map<number, Flight<W>>();
  /** Those that somebody wants. */
  const bySession = new Map<Session<W>, Set<Flight<W>>>();
  /** By when their workers will have been silent for too long, and those whose workers have been. */
  const heard = createHeap<Flight<W>>(({ id }) => id);
  const unheard = new Set<Flight<W>>();
  /** How many flights make each. */
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

  /** Its session does not count it any more. */
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
        key: keyOf(segment.clauses),
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
