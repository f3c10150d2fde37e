/** Follows Markdown's code while a text arrives in pieces: what stands in code is quoted, and marks nothing. */
export interface CodeTracker {
  /** Whether the text so far ends within code. */
  readonly inside: boolean;
  /** The next characters of the text. */
  take(text: string): void;
}

/**
 * Makes a tracker at the beginning of a text. A run of backticks opens code that the next run of the same length closes; a run of
 * three or more, or of tildes, at the start of a line opens a block, that a run as long closes. A blank line ends code that is no block:
 * a lone backtick is just a backtick.
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
      // A run that may still grow has closed or opened what it could already.
      if (run === 0) return open !== undefined;
      if (open === undefined) return runChar === "`" || run >= 3;
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
