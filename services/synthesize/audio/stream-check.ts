import { concatSamples } from "./pcm.ts";
import { powerStride, untilMeasured } from "./power.ts";

/**
 * Why the rest of a stream is useless. `clipped`: it is extremely loud; `offset`: it has a DC offset; `dead`: it has
 * been silent for too long.
 */
export type Disturbance = "clipped" | "offset" | "dead";

/** The result of checking samples. */
export interface Checked {
  /** The samples that may be played. */
  readonly good: Int16Array;
  /** What is wrong with the samples after `good`, which may not be played; undefined if nothing is. */
  readonly disturbance: Disturbance | undefined;
}

/**
 * Checks audio as it passes, so that a stream that cannot be speech is stopped at once, instead of being reported only
 * at its end.
 */
export interface StreamCheck {
  /**
   * Checks samples in windows of 0.1 s. The first window is held back until it is complete, so that audio that is
   * disturbed from the start is never heard. Later audio passes at once. How the samples are split between calls shifts
   * the result by at most one window.
   */
  push(samples: Int16Array): Checked;
  /** Ends the audio, and returns the samples of an incomplete first window, which `push` has not passed on. */
  end(): Int16Array;
}

const windowSeconds = 0.1;
/**
 * Audio counts as clipped if the root mean square of one window, or of each of three windows in a row, exceeds its
 * limit. Loud speech has some 11,000, samples misaligned by a byte 19,000, a window at full scale 32,767.
 */
const mostPower = 26_000;
const mostPowerOfThree = 17_000;
/** If a window's mean differs from 0 by more than this, the audio has a DC offset: speech has a mean close to 0. */
const mostMean = 8_000;
/** Samples up to this magnitude are silence: −50 dBFS, where full scale is 32,767. */
const silence = 104;
/**
 * A stream that has been silent for this many seconds counts as dead, since no pause inside a segment lasts so long.
 * Either the engine no longer works on the text, or it has finished without ending the stream.
 */
const deadSeconds = 3;

/** Makes the check of one attempt, for mono samples. */
export function createStreamCheck(sampleRateHertz: number): StreamCheck {
  const windowLength = Math.max(1, Math.round(windowSeconds * sampleRateHertz));
  const mostQuiet = deadSeconds * sampleRateHertz;
  const stride = powerStride(sampleRateHertz);
  /** The number of samples in the window so far, and the sum and the sum of squares of every `stride`th of them. */
  let count = 0;
  let sum = 0;
  let squares = 0;
  let loudInARow = 0;
  let quietInARow = 0;
  /** The samples of the first window, withheld until the window is complete; then undefined. */
  let held: Int16Array | undefined = new Int16Array(0);

  /** Returns what is wrong with the window that is now complete, if anything, and starts the next window. */
  function judge(): Disturbance | undefined {
    const summed = Math.ceil(count / stride);
    const power = Math.sqrt(squares / summed);
    const mean = Math.abs(sum / summed);
    sum = squares = count = 0;
    loudInARow = power > mostPowerOfThree ? loudInARow + 1 : 0;
    if (mean > mostMean) return "offset";
    return power > mostPower || loudInARow >= 3 ? "clipped" : undefined;
  }

  /** Holds samples back until the first window is complete. If a disturbance is found before that, drops them. */
  function afterFirst({ good, disturbance }: Checked): Checked {
    if (held === undefined) return { good, disturbance };
    const all = concatSamples([held, good]);
    const isWhole = all.length >= windowLength;
    held = isWhole || disturbance !== undefined ? undefined : all;
    return { good: isWhole ? all : all.subarray(0, 0), disturbance };
  }

  /** Adds the samples of a range to the window. */
  function add(samples: Int16Array, from: number, until: number): void {
    // Local variables are faster than variables captured by a closure.
    let [sumHere, squaresHere] = [0, 0];
    for (let at = from + untilMeasured(count, stride); at < until; at += stride) {
      const sample = samples[at] as number;
      sumHere += sample;
      squaresHere += sample * sample;
    }
    sum += sumHere;
    squares += squaresHere;
    count += until - from;
  }

  /** Updates `quietInARow`; returns the index at which the silence became too long, or undefined if it did not. */
  function findDead(samples: Int16Array, from: number, until: number): number | undefined {
    let sound = until - 1;
    while (sound >= from && isSilent(samples[sound] as number)) sound--;
    const quietBefore = quietInARow;
    quietInARow = sound < from ? quietBefore + until - from : until - 1 - sound;
    if (quietBefore + until - from <= mostQuiet) return undefined;
    // Silence may continue from the previous samples, or begin within the range, which may be longer than `mostQuiet`.
    let quiet = quietBefore;
    for (let at = from; at < until; at++) {
      quiet = isSilent(samples[at] as number) ? quiet + 1 : 0;
      if (quiet > mostQuiet) return at + 1;
    }
    return undefined;
  }

  function look(samples: Int16Array): Checked {
    for (let from = 0; from < samples.length; ) {
      const until = Math.min(samples.length, from + windowLength - count);
      add(samples, from, until);
      const deadAt = findDead(samples, from, until);
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

const isSilent = (sample: number): boolean => sample <= silence && sample >= -silence;
