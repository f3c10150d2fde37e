import { loudnessOf } from "../frames.ts";
import type { Detector } from "../silero.ts";
import { createEnergyGate } from "./gate.ts";

type Frame = Float32Array<ArrayBuffer>;

/**
 * Returns the probability (0 to 1) that a frame contains speech, given the frames before it. If `isBehind` is true,
 * time is saved: a frame that is not silent gets the result of the frame before it. Never rejects.
 */
export type Judge = (frame: Frame, before: readonly Frame[], isBehind: boolean) => Promise<number>;

// When the energy gate opens again, the detector first gets this many of the preceding frames, to warm up.
const warmFrames = 8;

/**
 * Makes a judge: an energy gate that rejects frames no louder than the room, and the detector for all others. Pass one
 * frame at a time, and wait for its result.
 */
export function createJudge(detector: Detector): Judge {
  const passes = createEnergyGate();
  let isOpen = false;
  let last = 0;
  const judge: Judge = async (frame, before, isBehind) => {
    if (!passes(loudnessOf(frame))) {
      isOpen = false;
      return 0;
    }
    if (isBehind) return last;
    if (!isOpen) {
      detector.reset();
      for (const warming of before.slice(-warmFrames)) await detector.detect(warming);
    }
    isOpen = true;
    return detector.detect(frame);
  };
  return async (frame, before, isBehind) => {
    last = await judge(frame, before, isBehind).catch(() => 0);
    return last;
  };
}
