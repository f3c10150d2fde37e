/** How many times per second loudness is measured, and the frequency in Hz between the low and the high band. */
const framesPerSecond = 100;
const borderHertz = 700;
/**
 * The shortest phrase whose repetition is detected, and the shortest stretch of audio that is compared, in seconds. A
 * phrase that is shorter than this stretch must be repeated throughout the stretch, since single syllables are too
 * similar.
 */
const leastSeconds = 0.3;
const leastCompared = 1.2;
/**
 * The longest phrase whose repetition is detected, as a share of the audio so far: if everything is said twice with a
 * breath in between, the repetition begins a little after the middle.
 */
const mostShare = 0.6;
/**
 * Only speech that lasts this many times longer than expected is checked: a text that repeats itself is rightly spoken
 * with repetitions, perhaps slowly.
 */
const longFactor = 1.7;
/**
 * A phrase counts as repeated if its correlation with the audio before it is higher than this: different phrases reach
 * 0.6, repetitions 0.9.
 */
const sameFrom = 0.8;
/** The minimum variance of a phrase's log loudness: a sound with less, such as a tone, is too steady to be speech. */
const leastVariance = 0.05;

/** Detects speech that repeats what it has just said. */
export interface LoopCheck {
  listen(samples: Int16Array): void;
  /** Whether the latest audio repeats the audio right before it, and the audio is much longer than expected. */
  readonly isLooped: boolean;
}

/**
 * Makes the check for speech that should take about `seconds`. The result does not depend on how the samples are split.
 */
export function createLoopCheck(sampleRateHertz: number, seconds: number): LoopCheck {
  const frameLength = Math.max(1, Math.round(sampleRateHertz / framesPerSecond));
  const weight = 1 - Math.exp((-2 * Math.PI * borderHertz) / sampleRateHertz);
  const lows: number[] = [];
  const highs: number[] = [];
  let low = 0;
  let [lowEnergy, highEnergy, count] = [0, 0, 0];
  /** Samples that have not been measured: as long as the speech is not too long, their loudness is not needed. */
  let waiting: Int16Array[] = [];
  let waitingLength = 0;

  function measure(samples: Int16Array): void {
    for (let from = 0; from < samples.length; ) {
      const until = Math.min(samples.length, from + frameLength - count);
      // Local variables are faster than variables captured by a closure.
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
  }

  return {
    listen(samples) {
      waiting.push(samples);
      waitingLength += samples.length;
    },
    get isLooped() {
      const least = longFactor * seconds * framesPerSecond;
      if (lows.length + waitingLength / frameLength < least) return false;
      for (const samples of waiting) measure(samples);
      waiting = [];
      waitingLength = 0;
      const heard = lows.length;
      if (heard < least) return false;
      for (let lag = leastSeconds * framesPerSecond; lag <= mostShare * heard; lag++) {
        const length = Math.max(Math.min(lag, heard - lag), leastCompared * framesPerSecond);
        if (heard < lag + length) break;
        if ((likeness(lows, lag, length) + likeness(highs, lag, length)) / 2 > sameFrom) return true;
      }
      return false;
    },
  };
}

/** The natural logarithm of power; anything softer than about −60 dBFS counts as silent. */
const loudness = (power: number): number => Math.log(power + 1000);

/** The correlation of the last `length` values with those `lag` earlier, −1 to 1; 0 if the values hardly change. */
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
