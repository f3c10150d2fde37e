import { isAlphanumeric, isDigit, isNewline, isSpace } from "../window/characters.ts";
import { NO, peek, slice, WAIT, type Window } from "../window/window.ts";

/**
 * The maximum number of characters in a table row (`row`), of characters of a code block that are held back before a
 * part is released (`fence`), and of backticks or tildes in a fence (`marks`).
 */
const reach = { row: 600, fence: 4000, marks: 80 };

/**
 * The end of the line at `start`, including its newline; NO if it is longer than `limit`; WAIT if more text is needed.
 */
function lineEnd(window: Window, start: number, limit: number): number {
  for (let index = start; index - start <= limit; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "") return index;
    if (isNewline(c)) return index + 1;
  }
  return NO;
}

/**
 * The end of a table's delimiter row (`| --- | :-: |`) at `start`; NO if there is none, WAIT if more text is needed.
 */
function delimiterRow(window: Window, start: number): number {
  let dashes = false;
  for (let index = start; index - start <= reach.row; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return dashes ? (c === "" ? index : index + 1) : NO;
    if (c === "-") dashes = true;
    else if (c !== "|" && c !== ":" && !isSpace(c)) return NO;
  }
  return NO;
}

/** The end of a table row at `start`; a header row is kept together with its delimiter row. */
export function tableRow(window: Window, start: number): number {
  const end = lineEnd(window, start, reach.row);
  if (end <= 0) return end;
  const head = delimiterRow(window, end);
  return head === NO ? end : head;
}

/**
 * The length of a fence at `start` (three or more backticks or tildes) that opens a code block; NO if there is none,
 * WAIT if more text is needed.
 */
export function fence(window: Window, start: number): number {
  const mark = window.points[start] ?? "";
  let end = start;
  while (peek(window, end) === mark && end - start <= reach.marks) end++;
  const length = end - start;
  if (length > reach.marks) return NO;
  if (peek(window, end) === undefined) return WAIT;
  if (length < 3) return NO;
  for (let index = end; index - end <= 80; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return length;
    if (c === mark) return NO;
  }
  return NO;
}

/** A code block that is open. */
export interface CodeBlock {
  readonly mark: string;
  /** The number of backticks or tildes in the block's opening fence. */
  readonly length: number;
  /** The start of the first line that may still turn out to close the block. */
  from: number;
}

/** Creates the state of a code block that the window begins with; its fence consists of `length` characters `mark`. */
export function openCodeBlock(window: Window, mark: string, length: number): CodeBlock {
  return { mark, length, from: Math.max(lineEnd(window, 0, reach.row), 0) };
}

/**
 * The end of an open code block or, if more of the block has arrived than may be held back, the end of a part that can
 * be released. WAIT if more text is needed. `closed`: whether the block ends at the returned position.
 */
export function codeBlock(window: Window, code: CodeBlock): { readonly end: number; readonly closed: boolean } {
  for (;;) {
    const end = lineEnd(window, code.from, reach.fence);
    if (end === WAIT) return { end, closed: false };
    const line = slice(window, code.from, end === NO ? code.from + reach.fence : end).trim();
    const closed = line.length >= code.length && line === code.mark.repeat(line.length);
    const over = end === NO ? code.from + reach.fence : end;
    if (closed || over >= reach.fence || peek(window, over) === "") {
      code.from = 0;
      return { end: over, closed };
    }
    code.from = over;
  }
}

/**
 * The end of the Markdown prefix of a list item or block quote at the start of a line (`1. `, `- `, `> `); NO if there
 * is none, WAIT if more text is needed. The prefix of a heading (`#`) needs no rule, since it contains no word.
 */
export function lineMark(window: Window, start: number): number {
  const c = window.points[start] ?? "";
  if (c === "-" || c === "*" || c === "+" || c === "•" || c === "·" || c === ">") {
    const next = peek(window, start + 1);
    return next === undefined ? WAIT : next !== "" && isSpace(next) && !isNewline(next) ? start + 2 : NO;
  }
  let index = start;
  const bracket = c === "(" || c === "（";
  if (bracket) index++;
  const digits = index;
  while (index - digits < 3 && isDigit(peek(window, index) ?? "")) index++;
  if (index === digits && isAlphanumeric(peek(window, index) ?? "")) index++;
  const close = peek(window, index);
  if (close === undefined) return WAIT;
  if (index === digits || !(bracket ? ")）" : ".)、．）").includes(close) || close === "") return NO;
  const next = peek(window, index + 1);
  if (next === undefined) return WAIT;
  return isDigit(next) || (close === "." && isAlphanumeric(next)) ? NO : index + 1;
}
