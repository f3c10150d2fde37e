/** The label value that replaces all values beyond the limit that `createFew` sets. */
export const others = "other";

/**
 * Makes a function that limits how many values a label can have, if callers choose them: the first `most` values are
 * kept for the life of the process, and all later ones become `other`.
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
