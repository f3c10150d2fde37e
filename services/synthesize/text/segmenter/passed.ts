import { trait, traits } from "./window/characters.ts";
import type { Window } from "./window/window.ts";

/** How far the scanner has got in the clause that has not ended yet, and what decides where that clause may end. */
export class Passed {
  /** The index in the window of the character that is judged next. */
  at = 0;
  /** The width of the passed part of the clause, in letters: a hanzi is as wide as two. */
  width = 0;
  /** Whether the passed text contains kana: if so, `、` ends a clause, as a comma does. */
  kana = false;
  /**
   * Whether the text that was passed over contains anything that is spoken. Text in which nothing is spoken, such as a
   * lone punctuation mark, is not a clause.
   */
  wordy = false;
  /** The index of the last character of the passed part that cannot be a closing mark such as `”` or `)`. */
  solid = 0;
  /** Constructs that must not be divided, as alternating starts and ends. */
  readonly whole: number[] = [];

  /** Passes over the characters before `end`. Characters that are not heard, such as those of a tag, add no width. */
  pass(window: Window, end: number, isHeard = true): void {
    for (; this.at < end; this.at++) {
      const bits = traits(window.points[this.at] ?? "");
      if (isHeard) this.width += bits & trait.wide ? 2 : 1;
      if (bits & trait.kana) this.kana = true;
      if (!(bits & trait.trailing)) this.solid = this.at;
      if (bits & trait.word && isHeard) this.wordy = true;
    }
  }
}
