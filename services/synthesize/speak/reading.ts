import { randomInt } from "node:crypto";
import { createGuard, type Suspicion } from "../audio/guard.ts";
import { concatSamples, toSamples } from "../audio/pcm.ts";
import type { Engine } from "../engines/engine.ts";
import { longestSeconds } from "../text/duration.ts";

/** Who reads what. */
export interface ReadingOptions {
  readonly engine: Engine;
  /** A worker with a free slot. */
  readonly worker: number;
  /** The words as spoken. */
  readonly text: string;
  /** One of the engine's voices. */
  readonly voice: string;
}

/** What a reading came to. */
export interface Reading {
  /** Audio that was not passed on yet: all of it, if the engine does not stream. */
  readonly rest: Int16Array;
  /** What went wrong: what the engine threw, or what the guard found. */
  readonly fault: Error | Suspicion | undefined;
}

/**
 * Has a text read once, under guard. Audio of an engine that streams is passed on while it comes; that of any other is
 * returned, so that it is heard only after it was judged. Returns once the worker is free; does not throw.
 */
export async function readAloud(
  { engine, worker, text, voice }: ReadingOptions,
  signal: AbortSignal,
  pass: (samples: Int16Array) => void,
): Promise<Reading> {
  const guard = createGuard(text, engine.sampleRateHertz);
  const maxSeconds = longestSeconds(text);
  const kept: Int16Array[] = [];
  const take = engine.streams ? pass : (samples: Int16Array) => kept.push(samples);
  try {
    const seed = randomInt(2 ** 31);
    for await (const pcm of engine.synthesize(worker, { text, voice, seed, maxSeconds }, signal))
      take(guard.push(toSamples(pcm)));
    return { rest: concatSamples([...kept, guard.end()]), fault: guard.suspicion() };
  } catch (error) {
    // What was passed on gets its end; what was not is not worth hearing.
    const rest = engine.streams ? guard.end() : new Int16Array(0);
    return { rest, fault: error instanceof Error ? error : new Error(String(error)) };
  }
}
