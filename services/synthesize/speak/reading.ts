import { createGuard, type Suspicion } from "../audio/guard.ts";
import { asSamples, concatSamples } from "../audio/pcm.ts";
import { createStreamCheck, type Disturbance } from "../audio/stream-check.ts";
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
  /** What went wrong: what the engine threw, or how what it said sounded. */
  readonly fault: Error | Suspicion | Disturbance | undefined;
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
 * returned, so that it is heard only after it was judged. Of audio that can be no speech, and of a reading that does not end, no more is
 * taken: the engine is told to stop, and what was passed on is faded.
 */
export function startReading(options: ReadingOptions, signal: AbortSignal): RunningReading {
  const { engine, worker, pass, sounded, ...request } = options;
  const { sampleRateHertz, streams, checks } = engine;
  const guard = createGuard({ text: request.text, sampleRateHertz, checks });
  const check = createStreamCheck(sampleRateHertz);
  const maxSeconds = longestSeconds(request.text, checks.speed);
  /** What is not passed on before all of it is judged: guarded as one in the end, which copies it once. */
  const kept: Int16Array[] = [];
  const take = streams
    ? (samples: Int16Array) => pass(guard.push(samples))
    : (samples: Int16Array) => void kept.push(samples);
  /** Ends the engine's work once no more of it is taken. */
  const enough = new AbortController();
  let takenCount = 0;
  let isCut = false;
  let disturbance: Disturbance | undefined;

  function listen(samples: Int16Array): void {
    const checked = check.push(samples);
    const most = Math.max(0, Math.ceil(maxSeconds * sampleRateHertz) - takenCount);
    const good = checked.good.subarray(0, most);
    takenCount += good.length;
    take(good);
    disturbance = checked.disturbance;
    if (disturbance === undefined && checked.good.length <= most) return;
    if (streams) pass(guard.end());
    isCut = streams;
    enough.abort(new Error("no more of it is taken"));
  }

  /** How all that was taken sounded. That its end was silence is no fault: the words may all have been there. */
  const judge = () => (disturbance === "dead" ? guard.suspicion() : (disturbance ?? guard.suspicion()));
  /** All that was not passed on, up to its end. */
  const finish = () => concatSamples([guard.push(concatSamples([...kept, check.end()])), guard.end()]);
  const rest = () => (isCut ? nothing : finish());

  async function read(): Promise<Reading> {
    try {
      const within = AbortSignal.any([signal, enough.signal]);
      for await (const pcm of engine.synthesize(worker, { ...request, maxSeconds }, within)) {
        if (!isCut && !enough.signal.aborted) listen(asSamples(pcm));
        sounded?.();
      }
      return { rest: rest(), fault: judge() };
    } catch (error) {
      if (enough.signal.aborted && !signal.aborted) return { rest: rest(), fault: judge() };
      // What was passed on gets its end; what was not is not worth hearing.
      return { rest: streams ? rest() : nothing, fault: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  return {
    ended: read(),
    cut() {
      if (isCut) return nothing;
      isCut = true;
      return streams ? finish() : nothing;
    },
  };
}

const nothing = new Int16Array(0);
