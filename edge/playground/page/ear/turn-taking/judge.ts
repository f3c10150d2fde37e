import { loudnessOf } from "../frames.ts";
import type { Detector } from "../silero.ts";
import { createEnergyGate } from "./gate.ts";

type Frame = Float32Array<ArrayBuffer>;

/**
 * Tells how likely somebody speaks in a frame, 0 to 1, given those before it. One who `isBehind` is told what the frame
 * before was, unless this one is silent. Never rejects.
 */
export type Judge = (frame: Frame, before: readonly Frame[], isBehind: boolean) => Promise<number>;

// The detector is given so many of the frames before, once sound passes the gate again.
const warmFrames = 8;

/** Makes a judge: a gate for what is as loud as the room, and the detector behind it. One frame is judged at a time. */
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
