import { createGuard, type Suspicion } from "../audio/guard.ts";
import { asSamples, concatSamples } from "../audio/pcm.ts";
import { createStreamCheck, type Disturbance } from "../audio/stream-check.ts";
import type { Engine, EngineRequest } from "../engines/engine.ts";
import { longestSeconds } from "../text/duration.ts";

/** Options of startReading. */
export interface ReadingOptions extends Omit<EngineRequest, "maxSeconds"> {
  readonly engine: Engine;
  /** The index of the worker that speaks the text; the worker must have a free slot. */
  readonly worker: number;
  /** Called with audio that may be heard at once, as it arrives. An engine that does not stream has no such audio. */
  readonly pass: (samples: Int16Array) => void;
  /** Called each time that the worker has sent something. Audio in it that can be passed on goes to `pass` first. */
  readonly sounded?: () => void;
}

/** The result of an attempt to speak a segment. */
export interface Reading {
  /** The audio that was not passed on; if the engine does not stream, that is all audio of the attempt. */
  readonly rest: Int16Array;
  /** What went wrong: an error of the engine, or the way its audio sounded; undefined if nothing went wrong. */
  readonly fault: Error | Suspicion | Disturbance | undefined;
}

/** An attempt in progress. */
export interface RunningReading {
  /** Resolves once the worker is free; does not reject. */
  readonly ended: Promise<Reading>;
  /** Accepts no more audio from the worker; returns a faded-out end for the audio that was passed on. */
  cut(): Int16Array;
}

/**
 * Has a worker speak a text once, checked by a guard. Audio of an engine that streams is passed on as it arrives; that
 * of other engines is returned, so that it is heard only after it has been checked. If the audio cannot be speech, or
 * does not end, no more is accepted: the engine is told to stop, and what was passed on is faded out.
 */
export function startReading(options: ReadingOptions, signal: AbortSignal): RunningReading {
  const { engine, worker, pass, sounded, ...request } = options;
  const { sampleRateHertz, streams, checks } = engine;
  const guard = createGuard({ text: request.text, sampleRateHertz, checks });
  const check = createStreamCheck(sampleRateHertz);
  const maxSeconds = longestSeconds(request.text, checks.speed);
  /**
   * Audio that is only passed on after all of it has been checked; it goes through the guard in one piece at the end,
   * so that it is copied once.
   */
  const kept: Int16Array[] = [];
  const take = streams
    ? (samples: Int16Array) => pass(guard.push(samples))
    : (samples: Int16Array) => void kept.push(samples);
  /** Stops the engine once no more audio is accepted. */
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
    enough.abort(new Error("the rest of the audio is not needed"));
  }

  /** What is wrong with the accepted audio, if anything. Silence at its end is no fault: all may have been spoken. */
  const judge = () => (disturbance === "dead" ? guard.suspicion() : (disturbance ?? guard.suspicion()));
  /** All accepted audio that was not passed on, faded out at its end. */
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
      // Audio already passed on gets a faded-out end; audio not passed on is dropped, since it is incomplete.
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
