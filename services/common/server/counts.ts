/** The largest count that a `uint32` of the protos can hold. */
const most = 2 ** 32 - 1;

/**
 * Converts a number to a `uint32` for the protos; 0 if it is not a valid count. Statistics come from other programs,
 * and an invalid one must not make a call fail.
 */
export function toCount(value: number): number {
  return value >= 0 && value <= most ? Math.round(value) : 0;
}
