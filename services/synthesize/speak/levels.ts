import { amplify, createLoudness } from "../audio/loudness.ts";

/** Remembers how loud each voice speaks, so that cached speech can be adjusted to the voice's current loudness. */
export interface Levels {
  /** Records the loudness of new speech of a voice, in dBFS. */
  heard(voice: string, dbfs: number | undefined): void;
  /** Cached speech of a voice, adjusted to the voice's current loudness; unchanged if that is unknown. */
  adjust(voice: string, samples: Int16Array): Int16Array;
}

/** The weight of the newest value in the moving average of a voice's loudness, 0 to 1. */
const share = 0.2;
/** A difference in loudness of fewer decibels than this is inaudible, so it is not corrected. */
const leastDecibels = 1;
/** A difference in loudness of more decibels than this must be intended, so it is not corrected. */
const mostDecibels = 15;

/** Creates a `Levels` that knows no voice yet; `sampleRateHertz`: the sample rate of the engine's audio. */
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
