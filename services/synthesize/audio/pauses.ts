import { pauses } from "../text/spoken/pauses.ts";

/** How much silence stands after a segment's last sound, in seconds: less is made up for, more is cut off. */
export interface Pause {
  readonly least: number;
  readonly most: number;
}

/** A breath at the end of a sentence, a short stop within one, and none where the words go on. */
const sentence: Pause = { least: 0.2, most: 0.3 };
const stop: Pause = { least: 0.08, most: 0.2 };
const none: Pause = { least: 0, most: 0.08 };

/** What may stand between a sentence's mark and its end. */
const closing = /["'”’」』）)\]】*_\s]+$/u;

/** The pause after words as they are spoken, by the mark that they end with. */
export function pauseAfter(spoken: string): Pause {
  const mark = pauses[spoken.replace(closing, "").at(-1) ?? ""] ?? "";
  if (mark === "") return none;
  return /[。！？]/u.test(mark) ? sentence : stop;
}
