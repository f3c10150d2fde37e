/** Results of rules that look ahead: the text does not match (NO), or more text is needed (WAIT). */
export const NO = 0;
/** A result of rules that look ahead: they need more text to decide. */
export const WAIT = -1;

/**
 * A remembered search for a closing mark: between `from`, where the search began, and `to` there is neither the mark
 * nor anything else that ends the search. Both are positions in the whole text.
 */
export interface Absent {
  from: number;
  to: number;
  /** The position of the last line end before `to`, if only white space follows that line end; otherwise -1. */
  newline: number;
}

/** For a pair of marks such as `(` and `)`: where the opening marks in a range of the whole text are closed. */
export interface Pairing {
  readonly from: number;
  to: number;
  /** The positions right after opening marks that are still open, the innermost last. */
  readonly open: number[];
  /**
   * For each position from `from` to `to`: WAIT if no opening mark is right before the position; otherwise the position
   * right after the matching closing mark, or NO while there is no such mark.
   */
  readonly ends: number[];
}

/** A range of text in which a certain mark, such as `*`, closes no emphasis. */
export interface Unemphatic {
  /** Where the stretch begins in the whole text. */
  readonly from: number;
  /** The width of the text from `from` to each position in the range, and to the end of the range. */
  readonly widths: number[];
}

/** The part of the text that is being segmented, by code point: it begins with the open clause. */
export interface Window {
  /** One string for each code point. */
  readonly points: readonly string[];
  /** How many code points of the text come before the first of `points`. */
  readonly offset: number;
  /** Whether the text ends after the last of `points`. */
  readonly ended: boolean;
  /** Remembered results of searches for closing marks, by closing mark. */
  readonly absent: Map<string, Absent>;
  /** For each closing mark, such as a quotation mark or bracket, which opening marks it was found to belong to. */
  readonly pairs: Map<string, Pairing>;
  /** For each mark that closes emphasis, such as `*`, a range of text in which it closes nothing. */
  readonly unemphatic: Map<string, Unemphatic>;
}

/**
 * The code point at `index`; "" before the start and after the end of the text, undefined where the text is not known
 * yet.
 */
export function peek(window: Window, index: number): string | undefined {
  if (index < 0) return "";
  return window.points[index] ?? (window.ended ? "" : undefined);
}

/**
 * Up to this many code points are concatenated one by one, which is fast. More are joined all at once: one by one, the
 * JavaScript engine would build a tree of partial strings.
 */
const few = 20;

/** The code points `[start, end)` as one string. */
export function slice(window: Window, start: number, end: number): string {
  if (end - start > few) return window.points.slice(start, end).join("");
  let text = "";
  for (let index = start; index < end; index++) text += window.points[index];
  return text;
}

const characters: string[] = [];

/**
 * The one-character string for a code point below 0x10000. The string is interned as a property key, so that the
 * JavaScript engine compares equal strings by address.
 */
function character(code: number): string {
  characters[code] ??= Object.keys({ [String.fromCharCode(code)]: 0 })[0] ?? "";
  return characters[code];
}

/**
 * Appends up to `count` code points of `text` to `points`, starting at the UTF-16 code unit `index`; returns the index
 * of the first code unit that was not appended.
 */
export function addPoints(points: string[], text: string, index: number, count: number): number {
  let at = index;
  for (let added = 0; added < count && at < text.length; added++) {
    const code = text.codePointAt(at) ?? 0;
    points.push(code > 0xffff ? String.fromCodePoint(code) : character(code));
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}
