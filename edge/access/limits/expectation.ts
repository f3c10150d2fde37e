import { type Audio, secondsPerToken } from "./limits.ts";

/** Estimates how long answers are, from those spoken so far. */
export interface Expectation {
  /**
   * How much audio to reserve for an answer of a profile. `maxTokens` limits the answer's length; undefined: no limit.
   */
  audioOf(profile: string, maxTokens: number | undefined): Audio;
  /** Learns that an answer of this profile has lasted this many seconds. */
  learn(profile: string, seconds: number): void;
}

// The estimated duration of an answer before any answer was spoken, in seconds: two or three sentences.
const firstSeconds = 10;
// By what share of the difference each answer moves the estimate toward itself: a single outlier changes little.
const learnShare = 0.1;

/**
 * Makes an estimator that has learned nothing yet. Its size needs no bound: profiles come from the config, so there are
 * few.
 */
export function createExpectation(): Expectation {
  const expected = new Map<string, number>();
  return {
    audioOf(profile, maxTokens) {
      const usual = expected.get(profile) ?? firstSeconds;
      if (maxTokens === undefined) return { leastSeconds: usual, mostSeconds: usual };
      const mostSeconds = maxTokens * secondsPerToken;
      return { leastSeconds: Math.min(usual, mostSeconds), mostSeconds };
    },
    learn(profile, seconds) {
      const usual = expected.get(profile) ?? firstSeconds;
      expected.set(profile, usual + (seconds - usual) * learnShare);
    },
  };
}
