/**
 * How long an engine takes until a segment's first byte, as observed: a start-up time, plus a rate times the duration
 * of the speech. This also tells how long a worker may be silent before it counts as hung.
 */
export interface Pace {
  /** Learns that a worker of normal speed took `tookMs` until the first byte of speech estimated to last `seconds`. */
  learn(seconds: number, tookMs: number): void;
  /** Whether any time until a first byte has been observed. */
  readonly isKnown: boolean;
  /** The expected time to the first byte of `seconds` of speech, in milliseconds. */
  workMs(seconds: number): number;
  /**
   * After this many milliseconds without a byte, a worker counts as hung. `seconds`: the speech that it is making;
   * `slowness`: how many times slower than normal it is.
   */
  silenceMs(seconds: number, slowness?: number): number;
}

/**
 * How many times as long as predicted a worker may be silent. Four times leaves room for two things: an attempt that
 * never ends is stopped only at 1.8 times the estimated duration plus a second (text/duration.ts); and even for normal
 * speech the estimate may be wrong by a factor of two.
 */
const patience = 4;
/**
 * The shortest silence, in milliseconds, after which a worker counts as hung. Segments take 0.2 to 0.5 s on the GPUs
 * that we have measurements of; a listener has one to four seconds of audio left, and a hiccup of a shared GPU or a
 * garbage collector should not cost a worker.
 */
const leastMs = 2000;
/**
 * What `silenceMs` assumes until the pace is known: an engine takes a second to start, and then makes speech as fast as
 * the speech is heard.
 */
const unknown = { startMs: 1000, perSecondMs: 1000 };
/** The milliseconds of work per second of speech that `workMs` assumes until the pace is known. */
const usualPerSecondMs = 100;
/** The weight of the newest value in the moving averages, 0 to 1. */
const newest = 0.1;
/**
 * Observations are averaged by duration of speech, in bins. The width of a bin, in seconds, and the number of bins. One
 * straight line would not fit an engine that sends long speech in pieces: its first piece always takes the same time.
 */
const binSeconds = 1;
const binCount = 16;

/** Makes a Pace that has no observations yet. */
export function createPace(): Pace {
  // A linear regression of time (y) over duration of speech (x), with exponential weights: moving averages of x, y, xy
  // and xx.
  let count = 0;
  let x = 0;
  let y = 0;
  let xy = 0;
  let xx = 0;
  /** For each bin, the average duration of the speech and the average time it took; undefined for an empty bin. */
  const bins: ({ seconds: number; tookMs: number } | undefined)[] = Array(binCount).fill(undefined);

  function predict(seconds: number): number {
    const spread = xx - x * x;
    // If all observations have the same duration, the time is assumed to be proportional to the duration.
    if (spread < 1e-3 * xx) return x > 0 ? y * Math.max(1, seconds / x) : y;
    const rate = Math.max(0, (xy - x * y) / spread);
    return Math.max(0, y - rate * x) + rate * seconds;
  }

  /** Interpolates between the nearest observed durations; beyond them, follows the slope of the regression line. */
  function workMs(seconds: number): number {
    if (count === 0) return usualPerSecondMs * seconds;
    const seen = bins.filter((bin) => bin !== undefined);
    const below = seen.findLast((bin) => bin.seconds <= seconds);
    const above = seen.find((bin) => bin.seconds > seconds);
    if (below === undefined || above === undefined) {
      const nearest = below ?? above;
      return nearest === undefined
        ? predict(seconds)
        : Math.max(0, nearest.tookMs + predict(seconds) - predict(nearest.seconds));
    }
    const share = (seconds - below.seconds) / (above.seconds - below.seconds);
    return below.tookMs + share * (above.tookMs - below.tookMs);
  }

  return {
    learn(seconds, tookMs) {
      const bin = Math.floor(seconds / binSeconds);
      const own = bins[bin] ?? { seconds, tookMs };
      if (bin < binCount)
        bins[bin] = {
          seconds: own.seconds + newest * (seconds - own.seconds),
          tookMs: own.tookMs + newest * (tookMs - own.tookMs),
        };
      count++;
      const share = Math.max(newest, 1 / count);
      x += share * (seconds - x);
      y += share * (tookMs - y);
      xy += share * (seconds * tookMs - xy);
      xx += share * (seconds * seconds - xx);
    },
    get isKnown() {
      return count > 0;
    },
    workMs,
    silenceMs(seconds, slowness = 1) {
      const known = count > 0 ? predict(seconds) : unknown.startMs + seconds * unknown.perSecondMs;
      return Math.max(leastMs, patience * known * Math.max(1, slowness));
    },
  };
}
