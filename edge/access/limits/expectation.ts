import { type Audio, secondsPerToken } from "./limits.ts";

/** How long answers are, by those that were heard. */
export interface Expectation {
  /** What to reserve for an answer of a profile that may have so many tokens; undefined: as many as it takes. */
  audioOf(profile: string, maxTokens: number | undefined): Audio;
  /** An answer of a profile had so many seconds of audio. */
  learn(profile: string, seconds: number): void;
}

// What nobody has heard is about so long: two or three sentences.
const firstSeconds = 10;
// An answer moves what is expected by a tenth of the way, so that one that is unlike the others does little.
const learnShare = 0.1;

/** Knows nothing at first. Profiles are those of the config, so that they are few. */
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
