/** Whether a frame has a pitch: speech is mostly voiced; clicks, coughs, breath and fans are not. */
import { frameSamples } from "./spectrum.ts";

// Every fourth sample is enough to find a pitch, once higher frequencies are averaged away.
const step = 4;
const count = frameSamples / step;
const rateHertz = 16_000 / step;
// The range of pitch periods that are tried, in samples at `rateHertz`: from that of the highest speaking voice (400
// Hz) to that of the deepest (75 Hz).
const shortest = Math.round(rateHertz / 400);
const longest = Math.round(rateHertz / 75);
const reduced = new Float64Array(count + longest);

/**
 * How similar a frame is to the samples one period later, 0 to 1, for the period at which the similarity is greatest.
 * The frame begins at `at`.
 */
export function periodicity(samples: Int16Array, at: number): number {
  let mean = 0;
  for (let index = 0; index < reduced.length; index++) {
    let sum = 0;
    for (let offset = 0; offset < step; offset++) sum += samples[at + index * step + offset] ?? 0;
    reduced[index] = sum;
    mean += sum;
  }
  mean /= reduced.length;
  for (let index = 0; index < reduced.length; index++) reduced[index] = (reduced[index] as number) - mean;
  let best = 0;
  for (let lag = shortest; lag <= longest; lag++) {
    let product = 0;
    let here = 1e-9;
    let there = 1e-9;
    for (let index = 0; index < count; index++) {
      const one = reduced[index] as number;
      const other = reduced[index + lag] as number;
      product += one * other;
      here += one * one;
      there += other * other;
    }
    best = Math.max(best, product / Math.sqrt(here * there));
  }
  return best;
}
