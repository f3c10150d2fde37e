/** The limits of a tenant, key or profile; what is absent is unlimited. */
export interface Limits {
  /** Calls per minute. Only RPCs that count as requests in `rpcRules` are counted. */
  readonly requestsPerMinute?: number | undefined;
  /** How many turns may run at the same time. */
  readonly turnsAtOnce?: number | undefined;
  /** Seconds of audio that may be sent from one midnight to the next, in UTC. */
  readonly audioSecondsPerDay?: number | undefined;
}

/** A tenant, key or profile with limits. */
export interface Subject {
  /** The subject's name as callers see it, such as `tenant acme`. */
  readonly name: string;
  /** The subject's kind and name, as they appear in the Redis keys of its counts. */
  readonly id: readonly [kind: "tenant" | "key" | "profile", name: string];
  readonly limits: Limits;
}

/** How much audio to reserve for a turn. */
export interface Audio {
  /** The turn is admitted if at least this many seconds of audio are left in the caller's quota. */
  readonly leastSeconds: number;
  /** At most this much audio is reserved for the turn, in seconds. */
  readonly mostSeconds: number;
}

/**
 * Seconds of speech per token, about the same in Chinese and in English: 512 tokens are about three minutes
 * (infra/settings/generate.ts).
 */
export const secondsPerToken = 0.35;

// A flick is 1/705,600,000 s. At every common sample rate (8, 16, 22.05, 24, 32, 44.1 and 48 kHz) one sample lasts a
// whole number of flicks, so a day's sum is exact to the sample, even in a double. See
// github.com/facebookarchive/flicks.
const flicksPerSecond = 705_600_000;

/**
 * The highest limit that may be set for audio, in seconds per day: above it, the number of flicks is no longer an exact
 * integer in a double. It equals 115 voices that speak around the clock.
 */
export const mostAudioSeconds = 10_000_000;

/** How long this many samples last, in flicks. */
export function flicksOf(samples: number, sampleRateHertz: number): number {
  return Math.round((samples * flicksPerSecond) / sampleRateHertz);
}

/** Converts seconds to flicks. */
export function flicksOfSeconds(seconds: number): number {
  return Math.round(seconds * flicksPerSecond);
}

/** How long this many flicks last, in seconds. */
export function secondsOf(flicks: number): number {
  return flicks / flicksPerSecond;
}
