import { pauses } from "../text/spoken/pauses.ts";

/**
 * How much silence follows a segment's last sound, in seconds: shorter silence is extended to `least`, longer silence
 * is cut to `most`.
 */
export interface Pause {
  readonly least: number;
  readonly most: number;
}

/**
 * The pauses of speech, in seconds: a breath at the end of a sentence, a short stop at a punctuation mark within a
 * sentence, and no pause where the sentence just continues.
 */
const sentence: Pause = { least: 0.2, most: 0.3 };
const stop: Pause = { least: 0.08, most: 0.2 };
const none: Pause = { least: 0, most: 0.08 };

/** Characters that may follow a sentence's final punctuation mark, such as closing quotes. */
const closing = /["'”’」』）)\]】*_\s]+$/u;

/** The pause after spoken text, according to the punctuation mark with which the text ends. */
export function pauseAfter(spoken: string): Pause {
  const mark = pauses[spoken.replace(closing, "").at(-1) ?? ""] ?? "";
  if (mark === "") return none;
  return /[。！？]/u.test(mark) ? sentence : stop;
}
