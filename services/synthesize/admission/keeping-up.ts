import { createCapacity } from "./capacity.ts";

/**
 * Whether an engine keeps up with one listener: not once several segments in a row took longer than they last, for all
 * of its slots together, or all lately on average. One may be slow by chance, and the first of each slot while it warms
 * up.
 */
export interface KeepingUp {
  /** A segment of `audioSeconds` of speech took one of `slots` slots for `engineSeconds`. */
  learn(engineSeconds: number, audioSeconds: number, slots: number): void;
  readonly isTooSlow: boolean;
  /** How long a slot took for a second of speech, in the last segments that were all too slow, or all were not. */
  readonly realTimeFactor: number;
}

/** How many segments in a row are no chance any more, besides one for each slot. */
const several = 2;
/**
 * A segment counts in the average as if it took no more than so many times as long as it may: whoever compiles first
 * takes minutes.
 */
const mostTimes = 1.5;

/** Makes it, of an engine that is taken to keep up. */
export function createKeepingUp(): KeepingUp {
  const average = createCapacity();
  let row = { isSlow: false, segments: 0, engine: 0, audio: 0 };
  let isTooSlow = false;
  return {
    learn(engineSeconds, audioSeconds, slots) {
      if (audioSeconds <= 0) return;
      const mostSeconds = slots * audioSeconds;
      average.learn(Math.min(engineSeconds, mostTimes * mostSeconds), audioSeconds);
      const isSlow = engineSeconds > mostSeconds;
      if (isSlow !== row.isSlow) row = { isSlow, segments: 0, engine: 0, audio: 0 };
      row.segments++;
      row.engine += engineSeconds;
      row.audio += audioSeconds;
      const isRow = row.segments >= slots + several;
      if (average.isKnown && average.realTimeFactor > slots) isTooSlow = true;
      else if (isRow) isTooSlow = isSlow;
    },
    get isTooSlow() {
      return isTooSlow;
    },
    get realTimeFactor() {
      return row.engine / row.audio;
    },
  };
}
