import type { Clause, OpenClause } from "./clause.ts";
import { createScanner } from "./scanner.ts";

/**
 * Cuts text into clauses while it arrives. Borders depend on the text and on `flush` alone, never on how the text was
 * cut into pushes. Clauses come in order; what stands between two of them (white space) belongs to neither.
 */
export interface Segmenter {
  /** Takes more text and returns the clauses that it completes. */
  push(text: string): Clause[];
  /** The writer has paused: returns pending text that already ends a sentence (。！？ or a newline); makes no other border. */
  settle(): Clause[];
  /** Returns all pending text; a clause ends here. */
  flush(): Clause[];
  /** The clause that is being written; undefined between clauses and in a block of code. */
  readonly open: OpenClause | undefined;
}

/** A segmenter for one text. */
export function createSegmenter(): Segmenter {
  const scanner = createScanner();
  let half = "";
  return {
    push(text) {
      const whole = half + text;
      // The first half of a surrogate pair waits for the second, wherever the text was cut.
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
