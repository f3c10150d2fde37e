import { isCloser, isDigit, isNewline, isSpace, isUpper, isWide } from "../window/characters.ts";
import { NO, peek, WAIT, type Window } from "../window/window.ts";

/** Punctuation marks that end a sentence. */
export const sentenceMarks = "。！？!?｡؟۔।॥։።፧។៕။๚";
/** Punctuation marks that, right after another mark, belong to that mark: `？！`, `！！！`, `!……`. */
const following = "。！？!?…～~؟۔।॥";

/**
 * The position after everything that belongs to the mark before `index`: further marks, closing quotes and brackets,
 * and a newline; WAIT if more text is needed.
 */
export function absorb(window: Window, index: number): number {
  for (;;) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "") return index;
    if (isNewline(c)) return index + 1;
    if (c === "!" && peek(window, index + 1) !== " ") {
      // An exclamation mark before "[" opens an image, and so does not belong to the mark before it.
      const next = peek(window, index + 1);
      if (next === undefined) return WAIT;
      if (next === "[") return index;
    }
    if (c === "~" || c === "～") {
      // A tilde before a number means "about" and belongs to the number.
      const next = peek(window, index + 1);
      if (next === undefined) return WAIT;
      if (isDigit(next)) return index;
    }
    if (following.includes(c) || isCloser(c)) {
      index++;
      continue;
    }
    if (c !== '"' && c !== "'" && c !== "*" && c !== "_") return index;
    // An opening and a closing mark look the same here: white space follows a closing mark, but not an opening one.
    let end = index + 1;
    while (peek(window, end) === c) end++;
    const next = peek(window, end);
    if (next === undefined) return WAIT;
    if (next !== "" && !isSpace(next)) return index;
    index = end;
  }
}

/**
 * Whether a clause ends with the run of dots that begins at `index`: returns the clause's end, NO or WAIT, as `border`
 * does.
 */
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
