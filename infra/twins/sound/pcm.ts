/** Joins samples. */
export function join(parts: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Samples softer than this are silence: -50 dBFS. */
const silence = 104;

/** Cuts silence off both ends, except for a few samples in which the sound fades in and out. Empty if all is silent. */
export function trimSilence(samples: Int16Array): Int16Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > silence);
  if (first === -1) return new Int16Array();
  const last = samples.findLastIndex((sample) => Math.abs(sample) > silence);
  return fadeEnds(samples.slice(Math.max(0, first - fadeSamples), last + 1 + fadeSamples));
}

/**
 * The length of a fade in samples: 4 ms at 22,050 Hz, too short to be heard as a fade, long enough to avoid a click.
 */
const fadeSamples = 88;

function fadeEnds(samples: Int16Array): Int16Array {
  const length = Math.min(fadeSamples, samples.length >> 1);
  for (let index = 0; index < length; index++) {
    const gain = index / length;
    const mirror = samples.length - 1 - index;
    samples[index] = (samples[index] as number) * gain;
    samples[mirror] = (samples[mirror] as number) * gain;
  }
  return samples;
}

/**
 * Doubles the sample rate with a half-band filter: each sample is kept, and band-limited values are inserted in
 * between. Images of the lower half of the band are attenuated by at least 70 dB.
 */
export function resampleTwice(samples: Int16Array): Int16Array {
  const doubled = new Int16Array(samples.length * 2);
  // Silence around the samples, so that the inner loop needs no bounds checks.
  const padded = new Float32Array(samples.length + 2 * taps);
  padded.set(samples, taps);
  for (let index = 0; index < samples.length; index++) {
    const before = index + taps;
    let between = 0;
    for (let tap = 0; tap < taps; tap++)
      between += (halfBand[tap] as number) * ((padded[before - tap] as number) + (padded[before + 1 + tap] as number));
    doubled[2 * index] = samples[index] as number;
    doubled[2 * index + 1] = Math.max(-32_768, Math.min(32_767, Math.round(between)));
  }
  return doubled;
}

/** The number of samples on each side of an interpolated sample that contribute to it. */
const taps = 16;

/** One half of the symmetric filter: a windowed sinc at half-sample offsets, scaled to preserve a constant signal. */
const halfBand = (() => {
  const weights = Array.from({ length: taps }, (_, tap) => {
    const offset = tap + 0.5;
    const window = 0.42 + 0.5 * Math.cos((Math.PI * offset) / taps) + 0.08 * Math.cos((2 * Math.PI * offset) / taps);
    return (Math.sin(Math.PI * offset) / (Math.PI * offset)) * window;
  });
  const sum = 2 * weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
})();

/**
 * Resamples by linear interpolation. This is good enough for speech like espeak-ng's, which contains no frequencies
 * above half the lower of the two rates; a real engine would resample better.
 */
export function resample(samples: Int16Array, fromHertz: number, toHertz: number): Int16Array {
  if (fromHertz === toHertz) return samples;
  const step = fromHertz / toHertz;
  return Int16Array.from({ length: Math.floor(samples.length / step) }, (_, index) => {
    const at = Math.floor(index * step);
    const here = samples[at] as number;
    return here + ((samples[at + 1] ?? here) - here) * (index * step - at);
  });
}
