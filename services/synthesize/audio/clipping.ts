/** A sample of at least this magnitude is at full scale. */
const end = 32_700;
/**
 * This many full-scale samples in a row are the flat top of a clipped wave; a loud voice alone reaches full scale with
 * one or two.
 */
const flatTop = 3;
/**
 * Distortion is audible if more than this fraction of all samples, including pauses, are in flat tops of clipped waves:
 * some 4 % are in speech that is five times too loud, none in speech that is twice too loud.
 */
const mostShare = 0.01;

/** Detects speech that is louder than 16 bits can represent. */
export interface Clipping {
  look(samples: Int16Array): void;
  /** Whether so much of the audio is clipped that it no longer sounds like speech. */
  readonly isHeard: boolean;
}

/** Makes a detector of clipped samples. Its result does not depend on how the samples are split. */
export function createClipping(): Clipping {
  let count = 0;
  let flat = 0;
  let run = 0;
  return {
    look(samples) {
      count += samples.length;
      // Local variables are faster than variables captured by a closure.
      let runHere = run;
      for (let at = 0; at < samples.length; at++) {
        const sample = samples[at] as number;
        if (sample < end && sample > -end) runHere = 0;
        else if (++runHere >= flatTop) flat += runHere === flatTop ? flatTop : 1;
      }
      run = runHere;
    },
    get isHeard() {
      return flat > mostShare * count;
    },
  };
}
