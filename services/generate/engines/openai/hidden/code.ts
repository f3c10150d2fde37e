/**
 * Tracks Markdown code while a text arrives in pieces: markers inside code are only quoted there, and have no effect.
 */
export interface CodeTracker {
  /** Whether the text so far ends inside code. */
  readonly inside: boolean;
  /** Processes the next characters of the text. */
  take(text: string): void;
}

/**
 * Makes a tracker for a new text. A run of backticks opens a code span, which the next run of the same length closes; a
 * run of three or more backticks or tildes at the start of a line opens a block, which a run of at least that length
 * closes. A blank line ends a code span that was never closed, so a stray backtick has no effect beyond its paragraph.
 */
export function createCodeTracker(): CodeTracker {
  let run = 0;
  let runChar = "";
  let runAtLineStart = false;
  let open: { readonly char: string; readonly length: number; readonly block: boolean } | undefined;
  let lineBlank = true;

  const endRun = () => {
    if (run === 0) return;
    const block = run >= 3 && runAtLineStart;
    if (open === undefined) {
      if (runChar === "`" || block) open = { char: runChar, length: run, block };
    } else if (runChar === open.char && (open.block ? block && run >= open.length : run === open.length))
      open = undefined;
    run = 0;
  };

  return {
    get inside() {
      // A run of backticks or tildes at the end may still grow, so its effect is computed here but not recorded.
      if (run === 0) return open !== undefined;
      if (open === undefined) return runChar === "`" || (run >= 3 && runAtLineStart);
      return open.block || runChar !== open.char || run !== open.length;
    },
    take(text) {
      for (const char of text) {
        if (char === "`" || char === "~") {
          if (run > 0 && char !== runChar) endRun();
          if (run === 0) runAtLineStart = lineBlank;
          run++;
          runChar = char;
          lineBlank = false;
          continue;
        }
        endRun();
        if (char === "\n") {
          if (lineBlank && open?.block === false) open = undefined;
          lineBlank = true;
        } else if (char !== " " && char !== "\t" && char !== "\r") lineBlank = false;
      }
    },
  };
}
