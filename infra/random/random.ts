/** Each call returns the next number of a sequence in [0, 1); equal seeds give equal sequences. */
export type Random = () => number;

/** Makes a Random (mulberry32: 32 bits of state, good enough to spread load, unsuitable for secrets). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
