import { isNewline, isSpace, isWide } from "./characters.ts";
import { NO, peek, WAIT, type Window } from "./window.ts";

/**
 * How far a construct may reach, in half-width units (a Chinese character counts two, all else one). What does not close
 * within its reach is read as plain text, so each is also how long text may be held back.
 */
export const reach = {
  quote: 80,
  apostrophe: 60,
  bracket: 80,
  emphasis: 80,
  code: 200,
  math: 240,
  tag: 200,
  address: 1000,
};

/** Finds `close` from `from` on; nested `open` are counted. Stops at a line's end and at the limit. */
export function closing(window: Window, from: number, open: string, close: string, limit: number): number {
  let depth = 1;
  let width = 0;
  for (let index = from; width <= limit; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return NO;
    if (c === close) {
      depth--;
      if (depth === 0) return index + 1;
    } else if (c === open) depth++;
    width += isWide(c) ? 2 : 1;
  }
  return NO;
}

/** Whether `literal` stands at `index`: its end, NO or WAIT. */
export function literal(window: Window, index: number, literalText: string): number {
  for (let offset = 0; offset < literalText.length; offset++) {
    const c = peek(window, index + offset);
    if (c === undefined) return WAIT;
    if (c.toLowerCase() !== literalText[offset]) return NO;
  }
  return index + literalText.length;
}

/** Finds the string `close` from `from` on, on lines that are not blank, within `limit` characters. */
export function until(window: Window, from: number, close: string, limit: number, lines: boolean): number {
  let blank = false;
  for (let index = from; index - from <= limit; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "") return NO;
    if (c === "\n") {
      if (blank || !lines) return NO;
      blank = true;
    } else if (!isSpace(c)) blank = false;
    if (c === close[0]) {
      const end = literal(window, index, close);
      if (end !== NO) return end;
    }
  }
  return NO;
}

/** The end of the run of the character at `start`, or WAIT. */
export function run(window: Window, start: number): number {
  const c = window.points[start];
  let end = start + 1;
  while (peek(window, end) === c) end++;
  return peek(window, end) === undefined ? WAIT : end;
}

/** A link's or image's address after its text: the end of both, or of the text alone. */
export function target(window: Window, end: number): number {
  if (end <= 0) return end;
  const next = peek(window, end);
  if (next === undefined) return WAIT;
  if (next !== "(") return end;
  const closed = closing(window, end + 1, "(", ")", reach.address);
  return closed === NO ? end : closed;
}
