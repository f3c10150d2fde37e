/** Its loudness below and above some 700 Hz, a hundred times a second, is enough to know a phrase again. */
const framesPerSecond = 100;
const borderHertz = 700;
/** A phrase that is said again is at least this long, and is compared over at least `leastCompared`: syllables alone are all alike. */
const leastSeconds = 0.3;
const leastCompared = 1.2;
/** What is said twice in all, with a breath between, comes again after a little more than half of it. */
const mostShare = 0.6;
/** A text that repeats itself is spoken so too, perhaps slowly: only what lasts this many times as long as it should is looked at. */
const longFactor = 1.7;
/** Correlation of a phrase with what stood before it: another phrase comes to 0.6, the same said again to 0.9. */
const sameFrom = 0.8;
/** Variance of the logarithm of loudness: what is as steady as a tone has no phrases. */
const leastVariance = 0.05;

/** Listens for speech that says again what it has just said. */
export interface LoopCheck {
  listen(samples: Int16Array): void;
  /** Whether what was heard last is what was heard right before it, and there is more of it than there should be. */
  readonly isLooped: boolean;
}

/** Makes the check of speech that should take about so many seconds. The result does not depend on how the samples were cut. */
export function createLoopCheck(sampleRateHertz: number, seconds: number): LoopCheck {
  const frameLength = Math.max(1, Math.round(sampleRateHertz / framesPerSecond));
  const weight = 1 - Math.exp((-2 * Math.PI * borderHertz) / sampleRateHertz);
  const lows: number[] = [];
  const highs: number[] = [];
  let low = 0;
  let [lowEnergy, highEnergy, count] = [0, 0, 0];

  return {
    listen(samples) {
      for (let from = 0; from < samples.length; ) {
        const until = Math.min(samples.length, from + frameLength - count);
        // What a closure holds is slow to count with.
        let [lowHere, lowSum, highSum] = [low, 0, 0];
        for (let at = from; at < until; at++) {
          const sample = samples[at] as number;
          lowHere += weight * (sample - lowHere);
          const high = sample - lowHere;
          lowSum += lowHere * lowHere;
          highSum += high * high;
        }
        low = lowHere;
        lowEnergy += lowSum;
        highEnergy += highSum;
        count += until - from;
        from = until;
        if (count < frameLength) continue;
        lows.push(loudness(lowEnergy / count));
        highs.push(loudness(highEnergy / count));
        lowEnergy = highEnergy = count = 0;
      }
    },
    get isLooped() {
      const heard = lows.length;
      if (heard < longFactor * seconds * framesPerSecond) return false;
      for (let lag = leastSeconds * framesPerSecond; lag <= mostShare * heard; lag++) {
        const length = Math.max(Math.min(lag, heard - lag), leastCompared * framesPerSecond);
        if (heard < lag + length) break;
        if ((likeness(lows, lag, length) + likeness(highs, lag, length)) / 2 > sameFrom) return true;
      }
      return false;
    },
  };
}

/** In units of an e-fold of power; what is softer than about −60 dBFS is as good as silent. */
const loudness = (power: number): number => Math.log(power + 1000);

/** The correlation of the last `length` values with as many that stand `lag` before them, −1 to 1; 0 of what hardly changes. */
function likeness(values: readonly number[], lag: number, length: number): number {
  const from = values.length - length;
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let at = from; at < values.length; at++) {
    const a = values[at] as number;
    const b = values[at - lag] as number;
    sumA += a;
    sumB += b;
    sumAA += a * a;
    sumBB += b * b;
    sumAB += a * b;
  }
  const varianceA = sumAA / length - (sumA / length) ** 2;
  const varianceB = sumBB / length - (sumB / length) ** 2;
  if (Math.min(varianceA, varianceB) < leastVariance) return 0;
  return (sumAB / length - (sumA / length) * (sumB / length)) / Math.sqrt(varianceA * varianceB);
}
