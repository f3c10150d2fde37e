/** The number of code points in a text, without making a list of them. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * Converts positions in a growing text from code points, which the API counts, to UTF-16 units, which a browser's
 * strings count.
 */
export interface CodePoints {
  /** Appends text in whole code points. */
  append(text: string): void;
  /** The index in UTF-16 units at which a code point begins; the text's length if there is no such code point. */
  toUnit(codePoint: number): number;
}

/**
 * Creates a converter for an empty text. It only stores the positions of characters that take two UTF-16 units, so that
 * ordinary text costs nothing.
 */
export function createCodePoints(): CodePoints {
  const wide: number[] = [];
  let length = 0;
  return {
    append(text) {
      for (const character of text) {
        if (character.length === 2) wide.push(length);
        length++;
      }
    },
    toUnit(codePoint) {
      const index = Math.min(codePoint, length);
      return index + countBelow(wide, index);
    },
  };
}

function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
