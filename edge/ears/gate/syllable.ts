import { type Frames, hopMs } from "./frames.ts";
import { meanOf } from "./mean.ts";

// Sound shorter than this is no syllable. For comparison, the syllable 对 lasts 140 to 210 ms.
const leastFrames = Math.round(90 / hopMs);
/** The loudest part of a syllable is its vowel: the frames within this many dB of the maximum. */
const loudestDb = 6;
const leastPitch = 0.4;
/**
 * A frame is steady if its spectrum differs from that of 32 ms earlier by less than this, in dB per band. Most frames
 * of a musical note are steady.
 */
const steadyBelowDb = 2;
const mostSteady = 0.45;
/** A vowel takes at least this many frames to become loudest, while a knock or a pluck takes only one or two. */
const leastRiseFrames = Math.round(48 / hopMs);
/**
 * After a stop consonant, the level of a vowel may rise as fast as that of a knock. But since the mouth opens, the
 * shape of a vowel's spectrum changes by at least this many dB per band.
 */
const leastTurnDb = 3;
const turningFrames = 4;

/** Whether a short piece of sound is a spoken syllable. */
export function isSyllable(
  { levels, changes, pitchOf, turnOf }: Frames,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  if (to - from < leastFrames) return false;
  const frames = Array.from({ length: to - from }, (_, at) => from + at);
  const levelOf = (frame: number) => levels[frame] as number;
  const loudest = frames.reduce((most, frame) => (levelOf(frame) > levelOf(most) ? frame : most), from);
  const steady = frames.filter((frame) => (changes[frame] as number) < steadyBelowDb).length;
  if (steady > frames.length * mostSteady) return false;
  const vowel = frames.filter((frame) => levelOf(frame) >= levelOf(loudest) - loudestDb);
  if (meanOf(vowel.map(pitchOf)) < leastPitch) return false;
  const opening = frames.filter((frame) => frame > loudest && frame <= loudest + turningFrames);
  return loudest - from >= leastRiseFrames || meanOf(opening.map(turnOf)) >= leastTurnDb;
}
