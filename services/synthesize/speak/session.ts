import { randomInt } from "node:crypto";
import { createPipe, type Pipe } from "../../../infra/stream/pipe.ts";
import type { Part } from "./part.ts";
import type { Heard } from "./playback.ts";
import type { SpeakOptions, Speech } from "./speech.ts";

/** A text being spoken, as its reader sees it; the schedule has its own session for the text, with the same id. */
export interface Session {
  readonly id: string;
  readonly options: SpeakOptions;
  /** The seed of the first attempt at each segment. */
  readonly seed: number;
  /**
   * One stream of events per segment or warning, in order. The queue is unbounded, but the schedule limits how much
   * unread audio there is.
   */
  readonly queue: Pipe<AsyncIterable<Speech>>;
  /** The parts that have not been read to their end, by segment index. */
  readonly parts: Map<number, Part>;
  /** The durations of the parts that have been read to their end, in seconds. */
  readonly lengths: number[];
  /** The position in the text, in code points, up to which the unfinished clause has been given to the schedule. */
  spokenTo: number;
  /** A sample of the text's first speech, if the rest of the text has to imitate it. */
  like: Part["sample"];
  /** Whether the schedule no longer has this session. */
  closed: boolean;
}

/** Makes a session of which nothing has been spoken yet. */
export function createSession(id: string, options: SpeakOptions): Session {
  return {
    id,
    options,
    seed: randomInt(2 ** 31),
    queue: createPipe({ capacity: Number.POSITIVE_INFINITY }),
    parts: new Map(),
    lengths: [],
    spokenTo: 0,
    like: undefined,
    closed: false,
  };
}

/** Ends a session with an error, after the audio sent so far. */
export function failSession({ parts, queue }: Session, error: unknown): void {
  for (const part of parts.values()) part.fail(error);
  queue.fail(error);
}

/** How many seconds of a session's speech its listener has heard in all. */
export function heardSeconds({ lengths }: Session, { segment, seconds }: Heard): number {
  const before = lengths.slice(0, segment).reduce((sum, length) => sum + length, 0);
  return before + Math.min(seconds, lengths[segment] ?? Number.POSITIVE_INFINITY);
}
