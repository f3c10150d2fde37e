import { powerStride, untilMeasured } from "./power.ts";

/** Loudness is measured over frames of this duration, in seconds. Frames softer than −45 dBFS are pauses. */
const frameSeconds = 0.02;
const leastPower = 184 ** 2;

/** Measures the loudness of speech as it passes, not counting pauses. */
export interface Loudness {
  look(samples: Int16Array): void;
  /** The root mean square in dBFS; undefined until something louder than a pause has passed. */
  readonly dbfs: number | undefined;
}

/** Makes a loudness meter for mono samples. Its result does not depend on how the samples are split. */
export function createLoudness(sampleRateHertz: number): Loudness {
  const frameLength = Math.max(1, Math.round(frameSeconds * sampleRateHertz));
  const stride = powerStride(sampleRateHertz);
  const summed = Math.ceil(frameLength / stride);
  let [energy, count] = [0, 0];
  let [power, frames] = [0, 0];
  return {
    look(samples) {
      for (let from = 0; from < samples.length; ) {
        const until = Math.min(samples.length, from + frameLength - count);
        energy += energyOf(samples, from + untilMeasured(count, stride), until, stride);
        count += until - from;
        from = until;
        if (count < frameLength) continue;
        const mean = energy / summed;
        if (mean >= leastPower) {
          power += mean;
          frames++;
        }
        energy = count = 0;
      }
    },
    get dbfs() {
      return frames === 0 ? undefined : 10 * Math.log10(power / frames / 32_768 ** 2);
    },
  };
}

/** The sum of the squares of every `stride`th sample. */
function energyOf(samples: Int16Array, from: number, until: number, stride: number): number {
  let sum = 0;
  for (let at = from; at < until; at += stride) {
    const sample = samples[at] as number;
    sum += sample * sample;
  }
  return sum;
}

/**
 * Amplifies samples by a number of decibels, or by as much as is possible without clipping; returns the same array if
 * nothing changes.
 */
export function amplify(samples: Int16Array, decibels: number): Int16Array {
  let peak = 1;
  for (let at = 0; at < samples.length; at++) peak = Math.max(peak, Math.abs(samples[at] as number));
  const gain = Math.min(10 ** (decibels / 20), Math.max(1, 32_767 / peak));
  return gain === 1 ? samples : samples.map((sample) => Math.round(sample * gain));
}
