/** The most that the wire takes as a count. */
const most = 2 ** 32 - 1;

/**
 * A count as the wire takes it, whole and within 32 bits; 0 if it is none. What is counted for statistics comes from outside, and nobody's
 * call ends because it makes no sense.
 */
export function toCount(value: number): number {
  return value >= 0 && value <= most ? Math.round(value) : 0;
}
