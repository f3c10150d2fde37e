/**
 * Keeps background noise from the voice activity detector: most of the time nobody speaks, and the detector need not
 * run. The gate lets through too much rather than too little, since the detector still checks whatever passes.
 */
import { framesOf } from "../frames.ts";

// The gate stays closed below the level `quietest` (root mean square; with automatic gain, even a soft voice reaches
// −40 dB), and below `aboveFloor` times the estimated noise.
const quietest = 0.003;
const aboveFloor = 2;
// The noise estimate may rise by this factor per frame (2.7 dB a second), so that a long vowel is not taken for noise.
const rises = 1.01;
// How long the gate stays open after the last loud frame, in frames, so that the pauses within a sentence pass as well.
const holdFrames = framesOf(1000);

/**
 * Returns a function that takes the level of each frame, as root mean square, and tells whether the frame may contain
 * speech.
 */
export function createEnergyGate(): (loudness: number) => boolean {
  let floor = Number.POSITIVE_INFINITY;
  let open = 0;
  return (loudness) => {
    floor = Math.max(1e-5, Math.min(floor * rises, loudness));
    open = loudness >= Math.max(quietest, aboveFloor * floor) ? holdFrames : Math.max(0, open - 1);
    return open > 0;
  };
}
