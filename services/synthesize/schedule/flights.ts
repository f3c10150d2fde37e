import type { Kept } from "./kept.ts";
import { createPace } from "./pace.ts";
import { type Segment, totalSeconds, type Work } from "./segment.ts";
import { beginAttempt, type Session } from "./session.ts";

/** An attempt that is under way: a worker speaks a segment. */
export interface Flight<W> {
  readonly id: number;
  /** Whose it is; undefined once nobody wants it of this worker any more. */
  session: Session<W> | undefined;
  readonly worker: number;
  readonly segment: Segment<W>;
  /** How long its speech was thought to be. */
  readonly seconds: number;
  readonly since: number;
  /** When its worker last gave a sign of life on it. */
  heardAt: number;
  /** How long that may be ago. */
  readonly silenceMs: number;
  /** Seconds of audio that went on to its reader: they can be neither taken back nor spoken a second time. */
  passedSeconds: number;
  sounded: boolean;
}

/** Every attempt that is under way, wanted or not. */
export interface Flights<W> {
  begin(session: Session<W>, segment: Segment<W>, worker: number, now: number): Flight<W>;
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
  /** How long a worker takes until the first byte of so many seconds of speech, in milliseconds. */
  workMs(seconds: number): number;
  /** When the next one will have been. */
  nextSilence(now: number): number;
  /** The keys of what is being made for somebody. */
  readonly keys: ReadonlySet<string>;
  /** Whether somebody waits for one. */
  readonly wanted: boolean;
}

/** Makes the table of flights; it learns the pace of the engine from them. */
export function createFlights<W extends Work>({ keyOf }: Pick<Kept<W>, "keyOf">): Flights<W> {
  const all = new Map<number, Flight<W>>();
  const pace = createPace();
  let lastId = 0;
  const silentAt = ({ heardAt, silenceMs }: Flight<W>) => heardAt + silenceMs;

  return {
    begin(session, segment, worker, now) {
      const seconds = totalSeconds(segment.clauses);
      const flight: Flight<W> = {
        id: ++lastId,
        session,
        worker,
        segment,
        seconds,
        since: now,
        heardAt: now,
        silenceMs: pace.silenceMs(seconds),
        passedSeconds: 0,
        sounded: false,
      };
      beginAttempt(session, segment, seconds);
      all.set(flight.id, flight);
      return flight;
    },
    get: (id) => all.get(id),
    workMs: pace.workMs,
    sounded(flight, passedSeconds, now) {
      if (!flight.sounded) pace.learn(flight.seconds, now - flight.since);
      flight.sounded = true;
      flight.heardAt = now;
      flight.passedSeconds = passedSeconds;
    },
    end(flight) {
      all.delete(flight.id);
      if (flight.session !== undefined) flight.session.inFlight--;
    },
    orphan(flight) {
      if (flight.session !== undefined) flight.session.inFlight--;
      flight.session = undefined;
    },
    of: (session) => [...all.values()].filter((flight) => flight.session === session),
    silent: (now) => [...all.values()].filter((flight) => silentAt(flight) <= now),
    nextSilence: (now) =>
      Math.min(...[...all.values()].map(silentAt).filter((at) => at > now), Number.POSITIVE_INFINITY),
    get keys() {
      const keys = new Set<string>();
      for (const { session, segment } of all.values()) {
        const key = keyOf(segment.clauses);
        if (session !== undefined && key !== undefined) keys.add(key);
      }
      return keys;
    },
    get wanted() {
      return [...all.values()].some(({ session }) => session !== undefined);
    },
  };
}
