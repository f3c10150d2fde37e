/** Text, with the origin of each of its UTF-16 units in the clause as written, in code points. */
export interface Mapped {
  text: string;
  /** The first code point that a unit stands for. */
  readonly from: number[];
  /** One past the last. */
  readonly to: number[];
}

/** Makes an empty mapped text. */
export const createMapped = (): Mapped => ({ text: "", from: [], to: [] });

/** Appends text that, as a whole, stands for `[from, to)`. */
export function append(mapped: Mapped, text: string, from: number, to: number): void {
  mapped.text += text;
  for (let index = 0; index < text.length; index++) {
    mapped.from.push(from);
    mapped.to.push(to);
  }
}
