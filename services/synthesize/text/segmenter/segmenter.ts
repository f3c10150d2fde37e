import type { Clause, OpenClause } from "./clause.ts";
import { createScanner } from "./scanner.ts";

/**
 * Cuts text into clauses as it arrives. The borders between clauses depend only on the text and on `flush`, never on
 * how the text was split into pushes. Clauses come in order; white space between two of them belongs to neither.
 */
export interface Segmenter {
  /** Takes more text and returns the clauses that it completes. */
  push(text: string): Clause[];
  /**
   * Call this when the writer has paused. Returns the pending text if it ends with 。！？ or a similar mark, perhaps with
   * closing quotes after it. Other text, such as text with a full stop at its end, stays pending.
   */
  settle(): Clause[];
  /** Returns all pending text, as if a clause ended here. */
  flush(): Clause[];
  /** The clause that is still being written; undefined between clauses and in a code block. */
  readonly open: OpenClause | undefined;
}

/** Makes a segmenter for one text. */
export function createSegmenter(): Segmenter {
  const scanner = createScanner();
  let half = "";
  return {
    push(text) {
      const whole = half + text;
      // The first half of a surrogate pair waits for the second, wherever the text was split.
      const last = whole.charCodeAt(whole.length - 1);
      half = last >= 0xd800 && last <= 0xdbff ? whole.slice(-1) : "";
      return scanner.scan(half === "" ? whole : whole.slice(0, -1), false);
    },
    settle: () => scanner.settle(),
    flush() {
      const rest = half;
      half = "";
      return scanner.scan(rest, true);
    },
    get open() {
      return scanner.open;
    },
  };
}
