import { isNewline, isSpace } from "./characters.ts";
import { type Absent, NO, peek, WAIT, type Window } from "./window.ts";

/**
 * The maximum length of each construct, in characters. A construct that does not close within its limit is treated as
 * plain text, so the limit is also how much text may be held back. Chinese quotes and brackets have shorter limits, as
 * each character takes as long to speak as a word.
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

/*
 * Text with many unclosed marks must not take longer to process than other text, so the results of searches are
 * remembered: for a single closing mark, a stretch of text where it does not occur; for a pair of marks, where each
 * opening mark is closed; for emphasis, a stretch of text that contains no closing mark. The results grow with the
 * text; searches use them from left to right.
 */

/** The maximum number of positions whose search results are remembered; larger than every limit in `reach`. */
export const remembered = 2048;

/**
 * Finds a closing mark `close` after `from`, on the same line and at most `limit` characters away. If `open` is given,
 * finds the mark that matches the opening mark before `from`, skipping nested pairs. If `open` is empty, finds the next
 * mark; with `closes`, the next one for which `closes(following character)` is true. Returns the position after the
 * mark, NO or WAIT.
 */
export function closing(
  window: Window,
  from: number,
  open: string,
  close: string,
  limit: number,
  closes?: (after: string) => boolean,
): number {
  return open === ""
    ? closingFlat(window, from, close, limit, closes)
    : closingNested(window, from, open, close, limit);
}

function closingFlat(
  window: Window,
  from: number,
  close: string,
  limit: number,
  closes?: (after: string) => boolean,
): number {
  const absent = absentFrom(window, close, from);
  for (let index = absent.to - window.offset; index - from <= limit; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return NO;
    if (c === close) {
      if (closes === undefined) return index + 1;
      const after = peek(window, index + 1);
      if (after === undefined) return WAIT;
      if (closes(after)) return index + 1;
    }
    absent.to = index + 1 + window.offset;
  }
  return NO;
}

/**
 * Returns the remembered search for a closing mark, updated for a search that begins at `from`. A result stays valid,
 * since each mark is always searched for in the same way.
 */
function absentFrom(window: Window, close: string, from: number): Absent {
  const start = from + window.offset;
  let known = window.absent.get(close);
  if (known === undefined) {
    known = { from: start, to: start, newline: -1 };
    window.absent.set(close, known);
  } else if (start < known.from || start > known.to) {
    known.to = start;
    known.newline = -1;
  }
  known.from = start;
  return known;
}

function closingNested(window: Window, from: number, open: string, close: string, limit: number): number {
  const start = from + window.offset;
  let known = window.pairs.get(close);
  if (known === undefined || (known.ends[start - known.from] ?? WAIT) === WAIT || known.ends.length > remembered) {
    known = { from: start, to: start, open: [start], ends: [NO] };
    window.pairs.set(close, known);
  }
  for (;;) {
    const end = (known.ends[start - known.from] ?? NO) - window.offset;
    if (end > from) return end - 1 - from <= limit ? end : NO;
    const index = known.to - window.offset;
    if (index - from > limit) return NO;
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return NO;
    known.to++;
    known.ends.push(c === open ? NO : WAIT);
    if (c === open) known.open.push(known.to);
    else if (c === close) {
      const opened = known.open.pop();
      if (opened !== undefined) known.ends[opened - known.from] = known.to;
    }
  }
}

/**
 * The index right after the string `literalText` if it is at `index`, ignoring case; NO if it is not, WAIT if the text
 * is not known that far. `literalText` is in lower case.
 */
export function literal(window: Window, index: number, literalText: string): number {
  for (let offset = 0; offset < literalText.length; offset++) {
    const c = peek(window, index + offset);
    if (c === undefined) return WAIT;
    if (c.toLowerCase() !== literalText[offset]) return NO;
  }
  return index + literalText.length;
}

/**
 * Finds the string `close` from `from` on, within `limit` characters. `lines`: whether line ends may come in between
 * (but never a blank line). Returns the position after `close`, NO or WAIT.
 */
export function until(window: Window, from: number, close: string, limit: number, lines: boolean): number {
  const absent = absentFrom(window, close, from);
  for (let index = absent.to - window.offset; index - from <= limit; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "") return NO;
    if (c === "\n") {
      if (!lines || absent.newline >= absent.from) return NO;
      absent.newline = index + window.offset;
    } else if (!isSpace(c)) absent.newline = -1;
    if (c === close[0]) {
      const end = literal(window, index, close);
      if (end !== NO) return end;
    }
    absent.to = index + 1 + window.offset;
  }
  return NO;
}

/**
 * The end of the run of equal characters that begins at `start`; NO if the run is longer than `limit`, WAIT if more
 * text is needed.
 */
export function run(window: Window, start: number, limit: number): number {
  const c = window.points[start];
  let end = start + 1;
  while (peek(window, end) === c) if (++end - start > limit) return NO;
  return peek(window, end) === undefined ? WAIT : end;
}

/**
 * The end of a link or an image whose text in brackets ends at `end`: after its URL in parentheses, or `end` itself if
 * no URL in parentheses follows.
 */
export function target(window: Window, end: number): number {
  if (end <= 0) return end;
  const next = peek(window, end);
  if (next === undefined) return WAIT;
  if (next !== "(") return end;
  const closed = closing(window, end + 1, "(", ")", reach.address);
  return closed === NO ? end : closed;
}
