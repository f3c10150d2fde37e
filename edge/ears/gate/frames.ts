import { breathe } from "../breathe.ts";
import { meanOf } from "./mean.ts";
import { bandCount, bandLevels, frameSamples } from "./spectrum.ts";
import { periodicity } from "./voicing.ts";

/** Samples from one frame to the next: 16 ms. */
export const hopSamples = 256;
/** The same in milliseconds. */
export const hopMs = 16;

/** What is known of each frame of a recording. */
export interface Frames {
  readonly count: number;
  /** How loud it is, in dB of a full sine, over the bands of speech. */
  readonly levels: Float32Array;
  /** How much its spectrum differs from that 32 ms earlier, in dB per band; 0 for the first frames. */
  readonly changes: Float32Array;
  /** How much of a pitch it has, 0 to 1. */
  pitchOf(frame: number): number;
  /** How much its spectrum differs from that 32 ms earlier in shape, in dB per band: that it is louder or softer does not count. */
  turnOf(frame: number): number;
}

// As far as this a syllable moves on, and a note does not.
const changeFrames = 2;
const framesAtOnce = 64;
const heardBelowDb = 25;

/** Looks at every frame of a recording at 16 kHz. A pitch is looked for only where somebody asks. */
export async function readFrames(samples: Int16Array): Promise<Frames> {
  const count = Math.max(0, Math.ceil((samples.length - frameSamples) / hopSamples) + 1);
  const levels = new Float32Array(count);
  const changes = new Float32Array(count);
  const bands: Float32Array[] = [];
  for (let frame = 0; frame < count; frame++) {
    const now = bandLevels(samples, frame * hopSamples);
    bands.push(now);
    levels[frame] = sumOf(now);
    const earlier = bands[frame - changeFrames];
    if (earlier !== undefined) changes[frame] = distance(now, earlier);
    if (frame % framesAtOnce === framesAtOnce - 1) await breathe();
  }
  return {
    count,
    levels,
    changes,
    pitchOf: (frame) => periodicity(samples, frame * hopSamples),
    turnOf(frame) {
      const [now, earlier] = [bands[frame], bands[frame - changeFrames]];
      return now === undefined || earlier === undefined ? 0 : turn(now, earlier);
    },
  };
}

function sumOf(bands: Float32Array): number {
  let power = 0;
  for (const level of bands) power += 10 ** (level / 10);
  return 10 * Math.log10(power + 1e-10);
}

function distance(one: Float32Array, other: Float32Array): number {
  return meanOf(differences(one, other).map(Math.abs));
}

function turn(one: Float32Array, other: Float32Array): number {
  const changes = differences(one, other);
  const mean = meanOf(changes);
  return meanOf(changes.map((change) => Math.abs(change - mean)));
}

/** How bands differ that are heard in either: what is far below the loudest is the noise around. */
function differences(one: Float32Array, other: Float32Array): number[] {
  const heard = Math.max(...one, ...other) - heardBelowDb;
  const found: number[] = [];
  for (let band = 0; band < bandCount; band++) {
    const [now, earlier] = [Math.max(heard, one[band] as number), Math.max(heard, other[band] as number)];
    if (now !== earlier) found.push(now - earlier);
  }
  return found;
}
