import { breathe } from "../breathe.ts";
import { meanOf } from "./mean.ts";
import { bandCount, bandLevels, frameSamples } from "./spectrum.ts";
import { periodicity } from "./voicing.ts";

/** Samples from one frame to the next: 16 ms. */
export const hopSamples = 256;
/** The step from one frame to the next in milliseconds. */
export const hopMs = 16;

/** The features of each frame of a recording. */
export interface Frames {
  readonly count: number;
  /** The level of each frame over the speech bands, in dB relative to a full-scale sine. */
  readonly levels: Float32Array;
  /** How much each frame's spectrum differs from that of 32 ms earlier, in dB per band; 0 for the first frames. */
  readonly changes: Float32Array;
  /** How strong the pitch of a frame is, 0 to 1. */
  pitchOf(frame: number): number;
  /**
   * How much the shape of a frame's spectrum differs from that of 32 ms earlier, in dB per band; changes in loudness do
   * not count.
   */
  turnOf(frame: number): number;
}

// How many frames apart the compared spectra are (32 ms): in that time a syllable changes, and a musical note does not.
const changeFrames = 2;
const framesAtOnce = 64;
const heardBelowDb = 25;

/** Computes the features of every frame of a recording at 16 kHz. Pitch is computed only when `pitchOf` is called. */
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

/** The differences between two spectra, in bands audible in at least one of them: other bands hold only noise. */
function differences(one: Float32Array, other: Float32Array): number[] {
  const heard = Math.max(...one, ...other) - heardBelowDb;
  const found: number[] = [];
  for (let band = 0; band < bandCount; band++) {
    const [now, earlier] = [Math.max(heard, one[band] as number), Math.max(heard, other[band] as number)];
    if (now !== earlier) found.push(now - earlier);
  }
  return found;
}
