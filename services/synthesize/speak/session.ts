import { randomInt } from "node:crypto";
import { createPipe, type Pipe } from "../../../infra/stream/pipe.ts";
import type { Part } from "./part.ts";
import type { SpeakOptions, Speech } from "./speech.ts";

/** A text that is being spoken, as its reader gets it; the schedule has its own view of it, by the same id. */
export interface Session {
  readonly id: string;
  readonly options: SpeakOptions;
  /** Of the first attempts at its segments. */
  readonly seed: number;
  /** One stream of events per segment or warning, in order. Unbounded: the schedule holds back what is not taken. */
  readonly queue: Pipe<AsyncIterable<Speech>>;
  /** By the segment's index: those that are not read to their end. */
  readonly parts: Map<number, Part>;
  /** How long those are that were read to their end, in seconds. */
  readonly lengths: number[];
  /** Up to where the written text was taken to be spoken, in code points, where that is inside a clause. */
  spokenTo: number;
  /** The first that was heard of it, where the rest is to sound like it. */
  like: Part["sample"];
  /** The schedule has forgotten it. */
  closed: boolean;
}

/** A session of which nothing is spoken yet. */
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

/** Ends a session with an error, after what of it is whole. */
export function failSession({ parts, queue }: Session, error: unknown): void {
  for (const part of parts.values()) part.fail(error);
  queue.fail(error);
}
