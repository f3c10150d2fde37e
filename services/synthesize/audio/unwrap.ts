/** No two neighbours in speech are further apart, were it as loud as can be: half of all there is, and half of that again. */
const mostStep = 48_768;
/** How long a wave may have run over: half a period of a deep voice has its loudest part in less. */
const longestSeconds = 0.002;

/** How many samples may have run over one after the other. */
export const longestRun = (sampleRateHertz: number): number => Math.ceil(longestSeconds * sampleRateHertz);

/**
 * Puts back what ran over one end of 16 bits and stands at the other, a click: Fish-Speech's conversion makes −32768 of 1.0, and −32113 of 1.02. Begins
 * behind the sample at `from`, changes `samples`, and returns up to where they are what they will be whatever comes after them: what runs over there may
 * not have ended.
 */
export function unwrap(samples: Int16Array, from: number, longest: number): number {
  for (let at = Math.max(1, from + 1); at < samples.length; at++) {
    const step = (samples[at] as number) - (samples[at - 1] as number);
    if (step <= mostStep && step >= -mostStep) continue;
    const side = step < 0 ? 1 : -1;
    const end = endOf(samples, at, longest, side);
    if (end === "open") return at;
    if (end === undefined) continue;
    samples.fill(side > 0 ? 32_767 : -32_768, at, end);
    at = end;
  }
  return samples.length;
}

/** Where what ran over from `at` on, over the top (1) or the bottom (−1), is back; "open" if it is not in what there is, undefined if it did not run over. */
function endOf(samples: Int16Array, at: number, longest: number, side: number): number | "open" | undefined {
  for (let end = at + 1; end <= at + longest; end++) {
    if (end === samples.length) return "open";
    if (side * ((samples[end] as number) - (samples[end - 1] as number)) > mostStep) return end;
  }
  return undefined;
}
