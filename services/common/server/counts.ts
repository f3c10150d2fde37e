/** The largest count that the protos can hold. */
const most = 2 ** 32 - 1;

/**
 * Converts a number to a count for the protos, an integer of 32 bits; 0 if it is not a valid count. Statistics come
 * from outside, and an invalid one must not make a call fail.
 */
export function toCount(value: number): number {
  return value >= 0 && value <= most ? Math.round(value) : 0;
}
