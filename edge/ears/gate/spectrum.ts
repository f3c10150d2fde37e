/** Measures the energy of a frame in a few frequency bands, just finely enough to see how speech changes. */

/** The number of samples in a frame: at 16 kHz 32 ms, which is a few periods of the deepest voice. */
export const frameSamples = 512;

// Band edges in hertz: about as wide as the ear's own bands, over the range of a telephone and a little more.
const edges = [120, 260, 420, 600, 800, 1040, 1320, 1680, 2120, 2680, 3400, 4400, 6000];
/** How many frequency bands there are. */
export const bandCount = edges.length - 1;

const hertzPerBin = 16_000 / frameSamples;
const window = Float64Array.from(
  { length: frameSamples },
  (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / frameSamples),
);
const cosines = Float64Array.from({ length: frameSamples / 2 }, (_, at) => Math.cos((2 * Math.PI * at) / frameSamples));
const sines = Float64Array.from({ length: frameSamples / 2 }, (_, at) => Math.sin((2 * Math.PI * at) / frameSamples));
const reversed = Uint16Array.from({ length: frameSamples }, (_, at) => {
  let turned = 0;
  for (let bit = 1; bit < frameSamples; bit <<= 1) turned = (turned << 1) | (at & bit ? 1 : 0);
  return turned;
});
const real = new Float64Array(frameSamples);
const imaginary = new Float64Array(frameSamples);

/**
 * The levels of a frame's bands, in dB, where 0 is a full-scale sine in that band. The frame begins at `at`; missing
 * samples count as silence.
 */
export function bandLevels(samples: Int16Array, at: number): Float32Array {
  for (let index = 0; index < frameSamples; index++) {
    real[reversed[index] as number] = ((samples[at + index] ?? 0) / 32_768) * (window[index] as number);
    imaginary[index] = 0;
  }
  transform();
  const levels = new Float32Array(bandCount);
  for (let band = 0; band < bandCount; band++) {
    let power = 0;
    const last = Math.round((edges[band + 1] as number) / hertzPerBin);
    for (let bin = Math.round((edges[band] as number) / hertzPerBin); bin < last; bin++)
      power += (real[bin] as number) ** 2 + (imaginary[bin] as number) ** 2;
    // `fullPower` is the power of a full-scale sine, which a Hann window spreads over three bins.
    levels[band] = 10 * Math.log10(power / fullPower + 1e-10);
  }
  return levels;
}

const fullPower = 0.375 * (frameSamples / 2) ** 2;

/** The discrete Fourier transform in place, radix 2 (Cooley–Tukey); the input is in bit-reversed order. */
function transform(): void {
  for (let half = 1; half < frameSamples; half <<= 1) {
    const step = frameSamples / (2 * half);
    for (let start = 0; start < frameSamples; start += 2 * half)
      for (let index = 0; index < half; index++) {
        const cosine = cosines[index * step] as number;
        const sine = sines[index * step] as number;
        const low = start + index;
        const high = low + half;
        const re = real[high] as number;
        const im = imaginary[high] as number;
        const turnedRe = re * cosine + im * sine;
        const turnedIm = im * cosine - re * sine;
        real[high] = (real[low] as number) - turnedRe;
        imaginary[high] = (imaginary[low] as number) - turnedIm;
        real[low] = (real[low] as number) + turnedRe;
        imaginary[low] = (imaginary[low] as number) + turnedIm;
      }
  }
}
