/**
 * Keeps what is no louder than the room from the detector of speech: most of the time nobody speaks, and nothing is computed then. It is wide
 * open on purpose: what passes is still to be judged.
 */
import { frameMs } from "../frames.ts";

// Microphones that level themselves bring a soft voice to about -40 dB.
const quietest = 0.003;
const aboveFloor = 2;
// The floor of a room rises slowly: a long vowel is not the room. 2.7 dB a second.
const rises = 1.01;
// The pauses of a sentence are looked at, too.
const holdFrames = Math.round(1000 / frameMs);

/** Returns a function that takes how loud each frame is, as root mean square, and tells whether it may hold speech. */
export function createEnergyGate(): (loudness: number) => boolean {
  let floor = Number.POSITIVE_INFINITY;
  let open = 0;
  return (loudness) => {
    floor = Math.max(1e-5, Math.min(floor * rises, loudness));
    open = loudness >= Math.max(quietest, aboveFloor * floor) ? holdFrames : Math.max(0, open - 1);
    return open > 0;
  };
}
