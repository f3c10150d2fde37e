/**
 * How long an engine takes until a segment's first byte comes, as it has shown itself: a start and a rate, by the length of the
 * speech. From it follows after what silence a worker counts as hung.
 */
export interface Pace {
  /** A worker of usual speed brought the first byte of `seconds` of expected speech after `tookMs`. */
  learn(seconds: number, tookMs: number): void;
  /** Whether anything was seen. */
  readonly isKnown: boolean;
  /** How long it takes until the first byte of so many seconds of speech, in milliseconds. */
  workMs(seconds: number): number;
  /** After so many milliseconds without a byte, a worker that speaks so much, and takes so many times as long as is usual, is taken for hung. */
  silenceMs(seconds: number, slowness?: number): number;
}

/**
 * How many times as long as predicted a worker may be silent. A run-away reading is stopped at 1.8 times the estimate and a second
 * (text/duration.ts), and the estimate of a sane one is right within a factor of two: four times is past both.
 */
const patience = 4;
/**
 * It is never less. Segments take 0.2 to 0.5 s on the cards that we have figures of; a listener has one to four seconds of
 * sound in hand, and a hiccup of a shared card or a garbage collector should not cost a worker.
 */
const leastMs = 2000;
/** Until it is known: an engine that speaks at all is about as fast as the listener; a second to start. */
const unknown = { startMs: 1000, perSecondMs: 1000 };
/** What work is taken for until then: a voice that is in use is some ten times as fast as the listener. */
const usualPerSecondMs = 100;
/** The share of the newest in the averages. */
const newest = 0.1;
/** Lengths are told apart by this, up to so many: an engine that sends a long text in parts takes no longer for the first part of a longer one. */
const binSeconds = 1;
const binCount = 16;

/** Makes a pace of which nothing is known. */
export function createPace(): Pace {
  // A line through what was seen, the newest weighing most: by the moving averages of x, y, xy and xx.
  let count = 0;
  let x = 0;
  let y = 0;
  let xy = 0;
  let xx = 0;
  /** What was seen of each length by itself: its average length and time. */
  const bins: ({ seconds: number; tookMs: number } | undefined)[] = Array(binCount).fill(undefined);

  function predict(seconds: number): number {
    const spread = xx - x * x;
    // All of one length: in proportion.
    if (spread < 1e-3 * xx) return x > 0 ? y * Math.max(1, seconds / x) : y;
    const rate = Math.max(0, (xy - x * y) / spread);
    return Math.max(0, y - rate * x) + rate * seconds;
  }

  /** Between the nearest lengths that were seen, straight; beyond them, along the line through all. */
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
