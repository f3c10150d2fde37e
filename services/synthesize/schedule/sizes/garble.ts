/**
 * How often an engine turns short speech into noise, by the duration of the speech: from prior knowledge, and from what
 * the guard has found since. The fewer segments of a duration there have been, the more the prior counts.
 */
export interface Garble {
  /** Learns from the guard's verdict on a segment of about `seconds`. */
  learn(seconds: number, isGarbled: boolean): void;
  /** The probability that speech of `seconds` is noise, 0 to 1. */
  probability(seconds: number): number;
}

/**
 * What is known of an engine before any segment was observed: the probability that it makes noise instead of words, for
 * speech shorter than `belowSeconds` but not shorter than that of the row before. Longer speech than all rows: 0.
 */
export type GarblePrior = readonly { readonly belowSeconds: number; readonly probability: number }[];

/**
 * Segments are counted by the duration of their speech, in buckets of this many seconds; longer speech than that of the
 * last bucket is not counted.
 */
const bucketSeconds = 0.2;
const bucketCount = 10;
/** The weight of the prior (`GarblePrior`): it counts as much as this many observed segments. */
const priorWeight = 20;
/**
 * The most segments that are counted in a bucket, that is, for a range of durations. Beyond that, all counts of the
 * bucket are halved, so that older segments weigh less and a repaired engine is noticed.
 */
const mostSegments = 400;

/** Creates a `Garble` that at first knows only `prior`. */
export function createGarble(prior: GarblePrior): Garble {
  const buckets = Array.from({ length: bucketCount }, () => ({ segments: 0, garbled: 0 }));
  const known = (seconds: number) => prior.find(({ belowSeconds }) => seconds < belowSeconds)?.probability ?? 0;
  const bucketOf = (seconds: number) => buckets[Math.floor(seconds / bucketSeconds)];
  return {
    learn(seconds, isGarbled) {
      const bucket = bucketOf(seconds);
      if (bucket === undefined) return;
      bucket.segments++;
      if (isGarbled) bucket.garbled++;
      if (bucket.segments <= mostSegments) return;
      bucket.segments /= 2;
      bucket.garbled /= 2;
    },
    probability(seconds) {
      const { segments, garbled } = bucketOf(seconds) ?? { segments: 0, garbled: 0 };
      return (known(seconds) * priorWeight + garbled) / (priorWeight + segments);
    },
  };
}
