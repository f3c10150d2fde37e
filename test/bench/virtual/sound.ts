import { frameSamples, sampleRateHertz } from "../../../infra/twins/fish/sound/audio.ts";

/*
 * Sound in virtual time is always the same loud hum, as long as it would be: only its length and its first audible
 * sample are looked at.
 */

/** More than a stand-in speaks at once. */
const mostFrames = 4096;
const frameBytes = frameSamples * 2;
// Samples of ±8224 by turns: far above silence, and their mean is none.
const loud = Buffer.alloc(mostFrames * frameBytes + 44, Buffer.from([0x20, 0x20, 0xe0, 0xdf]));

/** PCM of so many frames at the engines' own rate, after some other bytes. */
export function soundOf(frames: number, bytesBefore = 0): Buffer {
  return loud.subarray(0, frames * frameBytes + bytesBefore);
}

/** Samples that one coarse sample stands for: Duet looks at every sample, and there are millions a second. */
const coarseness = 64;

/** The rate of coarse sound: fine enough for what Duet trims and fades. */
export const coarseSampleRateHertz = sampleRateHertz / coarseness;

/** Frames as coarse PCM. */
export function toCoarse(frames: number): Buffer {
  return soundOf(frames).subarray(0, (frames * frameBytes) / coarseness);
}

/** Coarse PCM as long at the engines' own rate. */
export function fromCoarse(pcm: Uint8Array): Buffer {
  return loud.subarray(0, pcm.length * coarseness);
}
