import { concatSamples } from "./pcm.ts";

/** What makes it useless to hear more of a stream. `clipped`: it roars; `offset`: it lies beside its middle; `dead`: it is silent. */
export type Disturbance = "clipped" | "offset" | "dead";

/** Samples that were looked at. */
export interface Checked {
  /** What may go on. */
  readonly good: Int16Array;
  /** What follows them, of which nothing may. */
  readonly disturbance: Disturbance | undefined;
}

/** Looks at audio while it passes, so that what cannot be speech is stopped and not only told of in the end. */
export interface StreamCheck {
  /**
   * Takes samples. The first window goes on once all of it is here, so that what is disturbed from the start is never heard; what comes
   * later goes on at once. The result, all in all, depends on how they were cut by a window at most.
   */
  push(samples: Int16Array): Checked;
  /** There are no more: gives what was kept back. */
  end(): Int16Array;
}

const windowSeconds = 0.1;
/** Power of a window, root of the mean square: loud speech has some 11,000; all at full scale 32,767, samples read a byte off 19,000. */
const mostPower = 26_000;
const mostPowerOfThree = 17_000;
/** The mean of a window of speech is near 0. */
const mostMean = 8_000;
/** Audio this quiet, of 32767, is silence: −50 dBFS. */
const silence = 104;
/** Nobody pauses for so long inside a segment: the engine has lost its text, or has nothing more to say and does not end. */
const deadSeconds = 3;

/** Makes the check of one reading, mono. */
export function createStreamCheck(sampleRateHertz: number): StreamCheck {
  const windowLength = Math.max(1, Math.round(windowSeconds * sampleRateHertz));
  const mostQuiet = deadSeconds * sampleRateHertz;
  let sum = 0;
  let squares = 0;
  let count = 0;
  let loudInARow = 0;
  let quietInARow = 0;
  /** Of the first window. */
  let held: Int16Array | undefined = new Int16Array(0);

  /** What a whole window shows. */
  function judge(): Disturbance | undefined {
    const power = Math.sqrt(squares / count);
    const mean = Math.abs(sum / count);
    sum = squares = count = 0;
    loudInARow = power > mostPowerOfThree ? loudInARow + 1 : 0;
    if (mean > mostMean) return "offset";
    return power > mostPower || loudInARow >= 3 ? "clipped" : undefined;
  }

  /** Keeps the first window back until it is judged; what is disturbed in it is dropped. */
  function afterFirst({ good, disturbance }: Checked): Checked {
    if (held === undefined) return { good, disturbance };
    const all = concatSamples([held, good]);
    if (disturbance === undefined && all.length < windowLength) {
      held = all;
      return { good: all.subarray(0, 0), disturbance };
    }
    const isFirst = disturbance !== undefined && disturbance !== "dead" && all.length < windowLength;
    held = undefined;
    return { good: isFirst ? all.subarray(0, 0) : all, disturbance };
  }

  /** Adds up part of a window; returns after how many samples it has been silent for too long, if it has. */
  function add(samples: Int16Array, from: number, until: number): number | undefined {
    // What a closure holds is slow to count with.
    let [sumHere, squaresHere, quiet] = [0, 0, quietInARow];
    for (let at = from; at < until; at++) {
      const sample = samples[at] as number;
      sumHere += sample;
      squaresHere += sample * sample;
      quiet = sample <= silence && sample >= -silence ? quiet + 1 : 0;
      if (quiet > mostQuiet) return at + 1;
    }
    sum += sumHere;
    squares += squaresHere;
    count += until - from;
    quietInARow = quiet;
    return undefined;
  }

  function look(samples: Int16Array): Checked {
    for (let from = 0; from < samples.length; ) {
      const until = Math.min(samples.length, from + windowLength - count);
      const deadAt = add(samples, from, until);
      if (deadAt !== undefined) return { good: samples.subarray(0, deadAt), disturbance: "dead" };
      const disturbance = count === windowLength ? judge() : undefined;
      if (disturbance !== undefined) return { good: samples.subarray(0, from), disturbance };
      from = until;
    }
    return { good: samples, disturbance: undefined };
  }

  return {
    push: (samples) => afterFirst(look(samples)),
    end() {
      const rest = held ?? new Int16Array(0);
      held = undefined;
      return rest;
    },
  };
}
