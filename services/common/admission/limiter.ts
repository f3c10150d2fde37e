/*
 * The limiter is a control loop. It makes a decision after twenty first tokens and at least half a second. A decision
 * estimates the 99th percentile of the time to first token, from the mean and variance of that time's logarithm, both
 * smoothed over several decisions. It multiplies the limit by the ratio of the target to the estimate, within bounds.
 *
 * The limit is lowered only if first tokens take significantly longer than they did at their fastest: an engine that is
 * slow at any load does not get faster with a lower limit. The limit is raised only if it was actually reached: times
 * measured at a lower load say nothing about a load above the limit.
 *
 * The limiter owns the limit, the target and what they were learned from. It has no timer and counts nothing itself;
 * the caller says how many requests were in flight. Three pitfalls: answers that started before the limit was lowered
 * would lower it again for the same lateness, so their samples are ignored. If an engine is replaced by a slower one,
 * the new one looks overloaded as long as the old one's best time is remembered, so that time grows slowly. An engine
 * that misses the objective even when idle would get no work, so its target is a multiple of its own best time instead.
 */
/**
 * Learns how many answers an engine can write at once without first tokens arriving too late. It reads no clock: time
 * and samples are passed in.
 */
export interface Limiter {
  /** How many answers may be in flight at the moment. */
  readonly limit: number;
  /**
   * The target for the 99th percentile of the time to first token, in milliseconds: the objective minus a margin, or a
   * longer time if the engine cannot reach the objective even when idle.
   */
  readonly targetMs: number;
  /**
   * To be called when the first token of an answer has arrived, at `now`, `ttftMs` after the request; `inFlight` is how
   * many answers are being written, including this answer.
   */
  sample(now: number, ttftMs: number, inFlight: number): void;
}

/** Options of createLimiter. */
export interface LimiterOptions {
  /** The objective for the 99th percentile of the time to first token, in milliseconds. */
  readonly ttftSloMs: number;
  /** The minimum limit: a few concurrent answers are always allowed, however slow the engine. */
  readonly least: number;
  /** The limit before anything has been measured. */
  readonly initial: number;
  /** The highest value of the limit. */
  readonly most: number;
}

/** A decision about the limit needs at least this many times to first token, to estimate the slowest of them. */
const windowSamples = 20;
/** The limit is adjusted at most once in this many milliseconds, so that a single burst does not decide. */
const windowMs = 500;
/**
 * The target latency is this fraction of the objective. The difference is a margin for the error of an estimate from
 * twenty samples.
 */
const aim = 0.87;
/** The greatest and the smallest factor by which one decision may multiply the limit. */
const steepestUp = 1.5;
const steepestDown = 0.7;
/** The weight of a new measurement, from 0 to 1; all earlier measurements together have the remaining weight. */
const trust = 0.35;
/** How many standard deviations the 99th percentile of a normal distribution lies above its mean. */
const z99 = 2.33;
/**
 * How many standard errors the smoothed mean time to first token must lie above the fastest one before load is blamed.
 * Latency that is independent of load, such as a model's thinking or a prompt that is not in the prefix cache, would
 * not improve with a lower limit.
 */
const certain = 6;
/**
 * Each decision multiplies the remembered best time to first token by this factor, so that it doubles after some three
 * minutes.
 */
const forget = 1.002;
/** The target is at least this multiple of the engine's best time to first token, even if the objective is lower. */
const slack = 2;

/**
 * Makes a limiter. Like other adaptive limits (Netflix's gradient limit, Envoy's adaptive concurrency), it compares
 * actual with expected latency and multiplies the limit by their ratio. Three things differ: it measures time to first
 * token, since the duration of an answer depends on its length; it measures the tail instead of the mean; and it
 * compares with an objective, not with the shortest time seen, unless the engine cannot reach the objective. It lowers
 * the limit only for latency that grows with load, not for variation that exists at any load.
 */
export function createLimiter({ ttftSloMs, least: lowest, initial, most }: LimiterOptions): Limiter {
  let limit = Math.max(lowest, Math.min(initial, most));
  let target = ttftSloMs * aim;
  let known: { mean: number; variance: number } | undefined;
  let best = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let samples: { log: number; inFlight: number }[] = [];
  let since: number | undefined;

  const judge = () => {
    const logs = samples.map(({ log }) => log);
    const mean = meanOf(logs);
    const variance = meanOf(logs.map((log) => (log - mean) ** 2));
    known = {
      mean: mix(known?.mean ?? mean, mean),
      variance: mix(known?.variance ?? variance, variance),
    };
    // Times to first token are skewed, like products of random factors, so their logarithms are close enough to a
    // normal distribution.
    const tail = Math.exp(known.mean + z99 * Math.sqrt(known.variance));
    // Lets the best time grow slowly, since the engine may have been replaced by a slower one.
    best = Math.min(best * 1.01, Math.exp(mean));
    target = Math.max(ttftSloMs * aim, slack * best);
    const gradient = target / tail;
    const peak = Math.max(...samples.map(({ inFlight }) => inFlight));
    const factor = 1 + trust * (gradient - 1);
    // The standard error of the smoothed mean: smoothing leaves `trust / (2 - trust)` of the variance.
    const chance = Math.sqrt((known.variance / samples.length) * (trust / (2 - trust)));
    least = Math.min(least + Math.log(forget), known.mean);
    const isLoad = known.mean - least > certain * chance;
    // The new limit is computed from the peak of requests in flight. A limit far above that peak did not cause the
    // latency and must not fall to it at once, so one decision never multiplies it by less than `steepestDown`.
    if (gradient < 1 && isLoad) limit = Math.max(lowest, limit * steepestDown, Math.min(limit, peak) * factor);
    // The limit is raised only if it was reached.
    else if (gradient >= 1 && peak >= Math.floor(limit)) limit = Math.min(most, limit * Math.min(steepestUp, factor));
  };

  return {
    get limit() {
      return Math.floor(limit);
    },
    get targetMs() {
      return target;
    },
    sample(now, ttftMs, inFlight) {
      // After the limit was lowered, answers that began before remain in flight for seconds. Their late first
      // tokens would lower the limit again for the same lateness.
      if (inFlight > Math.floor(limit) + 1) return;
      since ??= now;
      samples.push({ log: Math.log(Math.max(1, ttftMs)), inFlight });
      if (samples.length < windowSamples || now - since < windowMs) return;
      judge();
      samples = [];
      since = now;
    },
  };
}

function mix(before: number, after: number): number {
  return before + trust * (after - before);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
