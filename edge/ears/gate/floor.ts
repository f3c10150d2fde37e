/** Estimates the noise behind a voice: what is left when the speaker pauses. */

// How many frames on either side of a frame are looked at: 1.5 s, in which every speaker pauses at least inside a word.
const reachFrames = 94;
const share = 0.1;
const quietest = -100;
const bins = 101;

/** The noise at each frame, in dB: the tenth percentile of the levels of the frames around it. */
export function noiseFloor(levels: Float32Array): Float32Array {
  const counts = new Uint16Array(bins);
  const floor = new Float32Array(levels.length);
  const binOf = (frame: number) => Math.min(bins - 1, Math.max(0, Math.floor((levels[frame] as number) - quietest)));
  const add = (frame: number, by: 1 | -1) => {
    const bin = binOf(frame);
    counts[bin] = (counts[bin] as number) + by;
  };
  for (let frame = 0; frame < Math.min(reachFrames, levels.length); frame++) add(frame, 1);
  for (let frame = 0; frame < levels.length; frame++) {
    if (frame + reachFrames < levels.length) add(frame + reachFrames, 1);
    if (frame - reachFrames - 1 >= 0) add(frame - reachFrames - 1, -1);
    const around = Math.min(levels.length, frame + reachFrames + 1) - Math.max(0, frame - reachFrames);
    let below = Math.ceil(around * share);
    let bin = 0;
    while (bin < bins - 1 && below > (counts[bin] as number)) below -= counts[bin++] as number;
    floor[frame] = quietest + bin;
  }
  return floor;
}
