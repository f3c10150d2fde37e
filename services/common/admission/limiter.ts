/*
 * A control loop. Twenty first tokens and half a second make a judgement: from the mean and spread of their
 * logarithms, smoothed over some judgements, it guesses what 99 of 100 would take, and moves the limit by the quotient
 * of the target and that, no step larger than the steepest.
 *
 * Both directions have their condition. Down only if first tokens take longer than when they took least, by more than
 * chance would have it; what is late at any load does not come sooner with a lower limit. Up only if the limit was
 * reached, since times beneath a limit that nobody felt say nothing of what lies above.
 *
 * The limiter owns the limit, the target and what they were learnt from. It starts no timer and counts nothing:
 * whoever admits says how many were in flight. What can go wrong: samples of answers that were begun before the limit
 * fell would lower it again for what was judged already, so they are left out; an engine that was changed for a slower
 * one looks loaded until its best is forgotten, which is why that fades; and an engine that cannot keep the objective
 * when nothing else is going on would be starved, which is why it is held to a multiple of its own best instead.
 */
/** Learns how many answers an engine can write at once without first tokens coming late. Pure: time and samples go in. */
export interface Limiter {
  /** How many answers may be in flight now. */
  readonly limit: number;
  /** What it holds 99 of 100 first tokens to: the objective with a margin, or more for an engine that cannot keep it. */
  readonly targetMs: number;
  /**
   * A first token came `ttftMs` after its answer was asked for, at `now`; `inFlight` answers were being written then,
   * itself among them.
   */
  sample(now: number, ttftMs: number, inFlight: number): void;
}

/** Options of createLimiter. */
export interface LimiterOptions {
  /** The time that 99 of 100 first tokens are to keep, in milliseconds. */
  readonly ttftSloMs: number;
  /** The limit never falls below: a few answers at once are everybody's right, however slow the engine. */
  readonly least: number;
  /** The limit before anything is known. */
  readonly initial: number;
  /** The limit never rises above. */
  readonly most: number;
}

/** A judgement needs this many samples, so that a tail can be guessed from them. */
const windowSamples = 20;
/** And at least this long, so that one burst is no judgement. */
const windowMs = 500;
/** Aim below the objective by so much: what is guessed from twenty samples is off by about as much. */
const aim = 0.87;
/** No step up is larger, and no step down. */
const steepestUp = 1.5;
const steepestDown = 0.7;
/** How far a new judgement is believed, against those before it. */
const trust = 0.35;
/** The 99th percentile of a normal distribution, in standard deviations. */
const z99 = 2.33;
/**
 * Lateness is laid to load only if first tokens take longer than when they took least, by more than chance would have it: by so many
 * standard deviations of a mean of what is smoothed. What is late however little there is to do, such as a thought or a prompt that
 * is not in the prefix cache, does not come sooner with a lower limit.
 */
const certain = 6;
/** What first tokens took at their least is forgotten by so much with each judgement: twice as slow after some three minutes. */
const forget = 1.002;
/** An engine that is slower than the objective when nothing is going on is held to this multiple of its own best. */
const slack = 2;

/**
 * Makes a limiter. It follows the idea that adaptive limits have in common (Netflix's gradient limit, Envoy's adaptive
 * concurrency): compare how long things take with how long they should, and move the limit by the quotient. What differs: the
 * measure is time to first token, since the whole of an answer takes as long as it is long; the tail is measured, not the mean;
 * and the comparison is with an objective, not with the shortest time seen, unless that is out of reach for the engine. And it
 * only comes down for what grows with the load: a spread that is there at any load is no reason.
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
    // First tokens are late in a skewed way, as products of chances are: their logarithms are near enough to normal.
    const tail = Math.exp(known.mean + z99 * Math.sqrt(known.variance));
    // What was best is forgotten slowly: the engine may have been changed for a slower one.
    best = Math.min(best * 1.01, Math.exp(mean));
    target = Math.max(ttftSloMs * aim, slack * best);
    const gradient = target / tail;
    const peak = Math.max(...samples.map(({ inFlight }) => inFlight));
    const factor = 1 + trust * (gradient - 1);
    // Means are smoothed, which leaves of their chance what smoothing leaves.
    const chance = Math.sqrt((known.variance / samples.length) * (trust / (2 - trust)));
    least = Math.min(least + Math.log(forget), known.mean);
    const isLoad = known.mean - least > certain * chance;
    // A limit that is far above what is in flight did not cause what is late: it comes down step by step.
    if (gradient < 1 && isLoad) limit = Math.max(lowest, limit * steepestDown, Math.min(limit, peak) * factor);
    // Only a limit that is felt says anything by the times beneath it.
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
      // After the limit fell, answers stay in flight for seconds: what they see was judged already.
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
