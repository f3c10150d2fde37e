import { createCapacity } from "./capacity.ts";

/**
 * Detects an engine that is too slow even for one listener. It is too slow once several segments in a row, or recent
 * segments on average, took longer to make than they last, even with the work spread over all slots. A single slow
 * segment may be chance, and the first segment of each slot is slow while the slot warms up.
 */
export interface KeepingUp {
  /** Learns that a segment of `audioSeconds` of speech occupied one of `slots` slots for `engineSeconds`. */
  learn(engineSeconds: number, audioSeconds: number, slots: number): void;
  readonly isTooSlow: boolean;
  /**
   * The seconds that a slot needed for one second of speech, over the latest run of segments that were all too slow or
   * all fast enough.
   */
  readonly realTimeFactor: number;
}

/** The engine counts as too slow after this many slow segments in a row, in addition to one for each slot. */
const several = 2;
/**
 * In the average, a segment counts as at most this many times the time that it may take: a first segment takes minutes
 * if the engine compiles its model before it speaks.
 */
const mostTimes = 1.5;

/** Creates the detector of whether an engine keeps up. At first, the engine is assumed to keep up. */
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
