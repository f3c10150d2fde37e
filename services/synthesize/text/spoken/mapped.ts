/** A text, and for each UTF-16 unit of it the range of the written text that the unit stands for, in code points. */
export interface Mapped {
  text: string;
  /** For each UTF-16 unit of `text`, where the written range that it stands for begins, in code points. */
  readonly from: number[];
  /** For each unit, the position right after the last code point of its written range. */
  readonly to: number[];
}

/** Makes an empty mapped text. */
export const createMapped = (): Mapped => ({ text: "", from: [], to: [] });

/** Appends text that, as a whole, stands for the written range `[from, to)`. */
export function append(mapped: Mapped, text: string, from: number, to: number): void {
  mapped.text += text;
  for (let index = 0; index < text.length; index++) {
    mapped.from.push(from);
    mapped.to.push(to);
  }
}
