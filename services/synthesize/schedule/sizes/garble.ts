/**
 * How often an engine makes noise of speech so short, by the length of the speech: what was known of it beforehand, and what the guard has
 * found since. The rarer a length is spoken, the longer the former counts.
 */
export interface Garble {
  /** The guard has judged a segment of about so many seconds. */
  learn(seconds: number, isGarbled: boolean): void;
  /** How likely speech of so many seconds is noise, 0 to 1. */
  probability(seconds: number): number;
}

/** What is known of an engine beforehand: how likely speech is noise that is shorter than so many seconds, from short to long; none where it is longer. */
export type GarblePrior = readonly { readonly belowSeconds: number; readonly probability: number }[];

/** The width of a bucket, and how many there are: what is longer than two seconds is long. */
const bucketSeconds = 0.2;
const bucketCount = 10;
/** The prior counts as much as so many segments. */
const priorWeight = 20;
/** So many segments are remembered of a length; then all count half, so that an engine that was repaired is believed. */
const mostSegments = 400;

/** Makes it of what is known beforehand. */
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
