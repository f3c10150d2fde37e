import { isNewline, isSpace } from "./characters.ts";
import { NO, peek, WAIT, type Window } from "./window.ts";

/**
 * How far a construct may reach, in characters. What does not close within its reach is read as plain text, so each is also
 * how long text may be held back. Chinese quotes and brackets reach less far, as each character takes as long to say as a word.
 */
export const reach = {
  quote: 60,
  wide: 48,
  apostrophe: 60,
  bracket: 80,
  emphasis: 80,
  code: 200,
  math: 240,
  tag: 200,
  address: 1000,
};

/**
 * Finds `close` from `from` on, at most `limit` characters away and on the same line; nested `open` are counted. What was
 * looked through in vain is remembered, so that a row of marks that never close takes no longer than other text.
 */
export function closing(window: Window, from: number, open: string, close: string, limit: number): number {
  const start = from + window.offset;
  let vain = window.absent.get(close);
  if (vain === undefined || start < vain[0] || start > vain[1]) {
    vain = [start, start];
    window.absent.set(close, vain);
  }
  let index = vain[1] - window.offset;
  for (; index - from <= limit; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === close) return closingNested(window, from, open, close, limit);
    if (c === "" || isNewline(c)) return NO;
    vain[1] = index + 1 + window.offset;
  }
  return NO;
}

function closingNested(window: Window, from: number, open: string, close: string, limit: number): number {
  let depth = 1;
  for (let index = from; index - from <= limit; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return NO;
    if (c === close) {
      depth--;
      if (depth === 0) return index + 1;
    } else if (c === open) depth++;
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

/** The end of the run of the character at `start`; NO if it is longer than `limit`, or WAIT. */
export function run(window: Window, start: number, limit: number): number {
  const c = window.points[start];
  let end = start + 1;
  while (peek(window, end) === c) if (++end - start > limit) return NO;
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
