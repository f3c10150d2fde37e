import { type Frames, hopMs } from "./frames.ts";
import { meanOf } from "./mean.ts";

// 对 takes 140 ms, and half as long again above the noise of a room.
const leastFrames = Math.round(90 / hopMs);
/** The loudest of it is its vowel: so many dB around the maximum. */
const loudestDb = 6;
const leastPitch = 0.4;
/** A frame that differs as little, in dB, from that before is held; a note is, for the most of it. */
const steadyBelowDb = 2;
const mostSteady = 0.45;
/** What is knocked or plucked is loudest within a frame or two, and a vowel swells for longer. */
const leastRiseFrames = Math.round(48 / hopMs);
/** After a stop it may not, but then the mouth opens: its spectrum takes another shape, by so many dB a band. */
const leastTurnDb = 3;
const turningFrames = 4;

/** Whether a piece that is as short as a single syllable is one. */
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
