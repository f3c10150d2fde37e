/** Text together with where each of its UTF-16 units comes from in the clause as written, in code points. */
export interface Mapped {
  text: string;
  /** First code point that a unit stands for. */
  readonly from: number[];
  /** One past the last. */
  readonly to: number[];
}

/** Mapped text without anything in it. */
export const createMapped = (): Mapped => ({ text: "", from: [], to: [] });

/** Adds text that stands, as a whole, for `[from, to)`. */
export function append(mapped: Mapped, text: string, from: number, to: number): void {
  mapped.text += text;
  for (let index = 0; index < text.length; index++) {
    mapped.from.push(from);
    mapped.to.push(to);
  }
}
