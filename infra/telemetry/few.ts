/** The value that stands for all label values beyond the limit. */
export const others = "other";

/**
 * Makes a function that limits the number of values of a label, where they come from callers: the first `most` values
 * are kept for the life of the process, and all later ones become `other`.
 */
export function createFew(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return others;
    known.add(value);
    return value;
  };
}
