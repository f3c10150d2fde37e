/** What stands for every value of a label beyond those that are told apart. */
export const others = "other";

/**
 * Makes what keeps the values of a label few, where callers bring them: the first `most` are told apart for as long as the process runs, and all
 * that come later are `other`.
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
