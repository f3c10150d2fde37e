/** Converts samples from one rate to another, piece by piece, without discontinuities. */
export interface Resampler {
  /** Takes the next samples and returns all output that is complete. */
  push(samples: Float32Array): Float32Array;
  /** Call it after the last samples; returns the remaining output. */
  end(): Float32Array;
}

// 16 taps under a Hann window attenuate images of speech by about 60 dB; with 256 phases the table's own error is
// smaller than that.
const halfTaps = 8;
const taps = 2 * halfTaps;
const phases = 256;

/** Makes a resampler by windowed sinc interpolation; if both rates are equal, samples pass unchanged. */
export function createResampler(fromHertz: number, toHertz: number): Resampler {
  if (fromHertz === toHertz) return { push: (samples) => samples, end: () => new Float32Array() };
  const kernel = makeKernel(Math.min(1, toHertz / fromHertz));
  // The input that is still needed; its first sample is `halfTaps - 1` before the position of the next output. `place`
  // is that position in units of 1/`toHertz` of a sample. It is an integer, since a floating-point value would drift
  // with the number of pieces.
  let input = new Float32Array(halfTaps - 1);
  let place = (halfTaps - 1) * toHertz;

  const push = (samples: Float32Array): Float32Array => {
    const joined = new Float32Array(input.length + samples.length);
    joined.set(input);
    joined.set(samples, input.length);
    const count = Math.max(0, Math.ceil(((joined.length - halfTaps) * toHertz - place) / fromHertz));
    const output = new Float32Array(count);
    for (let index = 0; index < count; index++) {
      const at = place + index * fromHertz;
      const whole = Math.floor(at / toHertz);
      const row = Math.round(((at - whole * toHertz) * phases) / toHertz) * taps;
      let sum = 0;
      for (let tap = 0; tap < taps; tap++)
        sum += (joined[whole - halfTaps + 1 + tap] as number) * (kernel[row + tap] as number);
      output[index] = sum;
    }
    place += count * fromHertz;
    const used = Math.floor(place / toHertz) - (halfTaps - 1);
    input = joined.slice(used);
    place -= used * toHertz;
    return output;
  };
  return { push, end: () => push(new Float32Array(halfTaps)) };
}

function makeKernel(cutoff: number): Float32Array {
  const kernel = new Float32Array((phases + 1) * taps);
  for (let phase = 0; phase <= phases; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const x = tap - (halfTaps - 1) - phase / phases;
      const value = sinc(x * cutoff) * (Math.abs(x) < halfTaps ? 0.5 + 0.5 * Math.cos((Math.PI * x) / halfTaps) : 0);
      kernel[phase * taps + tap] = value;
      sum += value;
    }
    // Every phase is scaled to the same gain; otherwise a steady tone would ripple.
    for (let tap = 0; tap < taps; tap++) kernel[phase * taps + tap] = (kernel[phase * taps + tap] as number) / sum;
  }
  return kernel;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Reads signed 16-bit little-endian PCM as samples of -1 to 1. */
export function decodePcm(pcm: Uint8Array): Float32Array {
  const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  return Float32Array.from({ length: pcm.byteLength >> 1 }, (_, index) => view.getInt16(2 * index, true) / 32768);
}
