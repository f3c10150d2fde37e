/** How much somebody may have; what is not said is not limited. */
export interface Limits {
  /** Calls a minute that are counted (`rpcRules`). */
  readonly requestsPerMinute?: number | undefined;
  /** Turns that run at the same time. */
  readonly turnsAtOnce?: number | undefined;
  /** Seconds of audio that are sent from one midnight to the next, in UTC. */
  readonly audioSecondsPerDay?: number | undefined;
}

/** Somebody with limits. */
export interface Subject {
  /** As callers are told: `tenant acme`. */
  readonly name: string;
  /** As it stands in stores. */
  readonly id: readonly [kind: "tenant" | "key" | "profile", name: string];
  readonly limits: Limits;
}

/** How much audio a turn will have. */
export interface Audio {
  /** It is let in if as much is left, in seconds. */
  readonly leastSeconds: number;
  /** As much is reserved of what is left, in seconds. */
  readonly mostSeconds: number;
}

/** How long a token is heard: 512 are about three minutes (infra/settings/generate.ts), in Chinese as in English. */
export const secondsPerToken = 0.35;

// In flicks, which are 1/705,600,000 s, a sample lasts a whole number at every rate that audio is commonly sampled at: 8, 16, 22.05, 24, 32,
// 44.1 and 48 kHz. A day's sums stay exact to the sample, also in a double. See github.com/facebookarchive/flicks.
const flicksPerSecond = 705_600_000;

/** The greatest limit of audio: above it, its flicks are no longer whole numbers to a double. It is 115 voices, day and night. */
export const mostAudioSeconds = 10_000_000;

/** How long so many samples last, in flicks. */
export function flicksOf(samples: number, sampleRateHertz: number): number {
  return Math.round((samples * flicksPerSecond) / sampleRateHertz);
}

/** How long so many seconds last, in flicks. */
export function flicksOfSeconds(seconds: number): number {
  return Math.round(seconds * flicksPerSecond);
}

/** How long so many flicks last, in seconds. */
export function secondsOf(flicks: number): number {
  return flicks / flicksPerSecond;
}
