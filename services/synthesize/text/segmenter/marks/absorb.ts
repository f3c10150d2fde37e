import { isCloser, isDigit, isNewline, isSpace, isUpper, isWide } from "../window/characters.ts";
import { NO, peek, WAIT, type Window } from "../window/window.ts";

/** Marks that end a sentence. */
export const sentenceMarks = "。！？!?｡؟۔।॥։።፧។៕။๚";
/** Marks that may follow a mark and belong to it: `？！`, `！！！`, `!……`. */
const following = "。！？!?…～~؟۔।॥";

/**
 * The end of a mark that ends before `index`, including further marks, closing quotes and brackets, and a newline after
 * it.
 */
export function absorb(window: Window, index: number): number {
  for (;;) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "") return index;
    if (isNewline(c)) return index + 1;
    if (c === "!" && peek(window, index + 1) !== " ") {
      // An image opens with "![".
      const next = peek(window, index + 1);
      if (next === undefined) return WAIT;
      if (next === "[") return index;
    }
    if (c === "~" || c === "～") {
      // Before a number, it means "about".
      const next = peek(window, index + 1);
      if (next === undefined) return WAIT;
      if (isDigit(next)) return index;
    }
    if (following.includes(c) || isCloser(c)) {
      index++;
      continue;
    }
    if (c !== '"' && c !== "'" && c !== "*" && c !== "_") return index;
    // A closing mark comes before white space; an opening one does not.
    let end = index + 1;
    while (peek(window, end) === c) end++;
    const next = peek(window, end);
    if (next === undefined) return WAIT;
    if (next !== "" && !isSpace(next)) return index;
    index = end;
  }
}

/** Whether a clause ends with the dots that begin at `index`, one past the last of them: as `border`. */
export function ellipsis(window: Window, index: number): number {
  let end = index;
  while (peek(window, end) === "." || peek(window, end) === "…") end++;
  const next = peek(window, end);
  if (next === undefined) return WAIT;
  if (next === "" || isNewline(next) || isCloser(next) || sentenceMarks.includes(next)) return absorb(window, end);
  if (isWide(next)) return end;
  if (!isSpace(next)) return NO;
  const word = peek(window, end + 1);
  return word === undefined ? WAIT : isUpper(word) || isWide(word) || word === "" ? end : NO;
}
