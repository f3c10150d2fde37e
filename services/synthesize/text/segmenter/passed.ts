import { trait, traits } from "./window/characters.ts";
import type { Window } from "./window/window.ts";

/** What the scanner has passed over of the open clause, and what matters of it for where the clause may end. */
export class Passed {
  /** The character of the window that is judged next. */
  at = 0;
  /** How wide it is: a hanzi is as wide as two letters. */
  width = 0;
  /** It holds kana, so that `、` ends a clause as a comma does. */
  kana = false;
  /** It holds something that is said. What holds nothing, such as a mark alone, is no clause by itself. */
  wordy = false;
  /** The last index that holds no mark which may close something. */
  solid = 0;
  /** Constructs that are not divided: their starts and ends in turn. */
  readonly whole: number[] = [];

  /** Passes over what stands before `end`; a tag, which nobody hears, has no width. */
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
