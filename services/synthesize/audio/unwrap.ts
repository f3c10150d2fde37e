/**
 * Two adjacent samples of speech never differ by more than this, however loud the speech is: about three quarters of
 * the 16-bit range.
 */
const mostStep = 48_768;
/**
 * The maximum duration of one overflow of the 16-bit range, in seconds. The loudest part of half a wave is shorter,
 * even in a deep voice.
 */
const longestSeconds = 0.002;

/** The maximum number of consecutive samples in one overflow; a longer run of samples is not an overflow. */
export const longestRun = (sampleRateHertz: number): number => Math.ceil(longestSeconds * sampleRateHertz);

/**
 * Restores samples that wrapped around at 16 bits, which would be heard as a click: Fish-Speech's conversion turns 1.0
 * into −32768, and 1.02 into −32113. Starts after the sample at index `from` and changes `samples`; an overflow has at
 * most `longest` of them. Returns how many samples are final: an overflow that begins after them may not have ended yet.
 */
export function unwrap(samples: Int16Array, from: number, longest: number): number {
  const first = Math.max(1, from + 1);
  let last = samples[first - 1] as number;
  for (let at = first; at < samples.length; at++) {
    const sample = samples[at] as number;
    const step = sample - last;
    last = sample;
    if (step <= mostStep && step >= -mostStep) continue;
    const side = step < 0 ? 1 : -1;
    const end = endOf(samples, at, longest, side);
    if (end === "open") return at;
    if (end === undefined) continue;
    samples.fill(side > 0 ? 32_767 : -32_768, at, end);
    at = end;
    last = samples[end] as number;
  }
  return samples.length;
}

/**
 * The index where the overflow that begins at index `at` ends; "open" if it does not end within the samples, undefined
 * if there is no overflow. `side` is 1 for an overflow over the top, −1 for one below the bottom.
 */
function endOf(samples: Int16Array, at: number, longest: number, side: number): number | "open" | undefined {
  for (let end = at + 1; end <= at + longest; end++) {
    if (end === samples.length) return "open";
    if (side * ((samples[end] as number) - (samples[end - 1] as number)) > mostStep) return end;
  }
  return undefined;
}
