import { createGuard, type Suspicion } from "../audio/guard.ts";
import { concatSamples, toSamples } from "../audio/pcm.ts";
import type { Engine, EngineRequest } from "../engines/engine.ts";
import { longestSeconds } from "../text/duration.ts";

/** Who reads what. */
export interface ReadingOptions extends Omit<EngineRequest, "maxSeconds"> {
  readonly engine: Engine;
  /** A worker with a free slot. */
  readonly worker: number;
  /** Takes audio that may go on at once: that of an engine that streams, while it comes. */
  readonly pass: (samples: Int16Array) => void;
  /** The worker has brought something; called after `pass`. */
  readonly sounded?: () => void;
}

/** What a reading came to. */
export interface Reading {
  /** Audio that was not passed on yet: all of it, if the engine does not stream. */
  readonly rest: Int16Array;
  /** What went wrong: what the engine threw, or what the guard found. */
  readonly fault: Error | Suspicion | undefined;
}

/** A text that is being read. */
export interface RunningReading {
  /** Resolves once the worker is free; does not reject. */
  readonly ended: Promise<Reading>;
  /** Takes no more of it, and returns the end of what was passed on, faded. */
  cut(): Int16Array;
}

/**
 * Has a text read once, under guard. Audio of an engine that streams is passed on while it comes; that of any other is
 * returned, so that it is heard only after it was judged.
 */
export function startReading(options: ReadingOptions, signal: AbortSignal): RunningReading {
  const { engine, worker, pass, sounded, ...request } = options;
  const guard = createGuard(request.text, engine.sampleRateHertz);
  const kept: Int16Array[] = [];
  let isCut = false;
  const take = engine.streams ? pass : (samples: Int16Array) => kept.push(samples);

  async function read(): Promise<Reading> {
    try {
      const maxSeconds = longestSeconds(request.text);
      for await (const pcm of engine.synthesize(worker, { ...request, maxSeconds }, signal)) {
        if (!isCut) take(guard.push(toSamples(pcm)));
        sounded?.();
      }
      return { rest: isCut ? nothing : concatSamples([...kept, guard.end()]), fault: guard.suspicion() };
    } catch (error) {
      // What was passed on gets its end; what was not is not worth hearing.
      const rest = engine.streams && !isCut ? guard.end() : nothing;
      return { rest, fault: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  return {
    ended: read(),
    cut() {
      isCut = true;
      return guard.end();
    },
  };
}

const nothing = new Int16Array(0);
