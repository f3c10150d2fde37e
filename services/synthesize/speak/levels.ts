import { amplify, createLoudness } from "../audio/loudness.ts";

/** Knows how loud each voice speaks, so that what was kept of it is as loud as what it says now. */
export interface Levels {
  /** A voice has said something, so loud, in dBFS. */
  heard(voice: string, dbfs: number | undefined): void;
  /** Kept speech of a voice as loud as it speaks now; as it is where that is not known. */
  adjust(voice: string, samples: Int16Array): Int16Array;
}

/** What was heard last counts for so much of all that was. */
const share = 0.2;
/** A difference that nobody hears stays. */
const leastDecibels = 1;
/** Kept speech that differs by more is meant to. */
const mostDecibels = 15;

/** Makes them, for an engine's rate. */
export function createLevels(sampleRateHertz: number): Levels {
  const levels = new Map<string, number>();
  return {
    heard(voice, dbfs) {
      if (dbfs === undefined) return;
      const before = levels.get(voice) ?? dbfs;
      levels.set(voice, before + share * (dbfs - before));
    },
    adjust(voice, samples) {
      const level = levels.get(voice);
      if (level === undefined) return samples;
      const loudness = createLoudness(sampleRateHertz);
      loudness.look(samples);
      const decibels = level - (loudness.dbfs ?? level);
      const isApart = Math.abs(decibels) >= leastDecibels && Math.abs(decibels) <= mostDecibels;
      return isApart ? amplify(samples, decibels) : samples;
    },
  };
}
