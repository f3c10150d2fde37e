/** From here on a sample stands at an end of 16 bits. */
const end = 32_700;
/** So many there in a row are the flat top of a wave that went on beyond it; a loud voice touches the end with one or two. */
const flatTop = 3;
/** Above this share of all samples, pauses included, speech is heard to be distorted: five times too loud has some 4 %, twice too loud none. */
const mostShare = 0.01;

/** Looks for speech that is louder than 16 bits can say. */
export interface Clipping {
  look(samples: Int16Array): void;
  /** Whether so much of all that was looked at lies in flat tops that it does not sound like speech. */
  readonly isHeard: boolean;
}

/** Makes it. The result does not depend on how the samples were cut. */
export function createClipping(): Clipping {
  let count = 0;
  let flat = 0;
  let run = 0;
  return {
    look(samples) {
      count += samples.length;
      // What a closure holds is slow to count with.
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
