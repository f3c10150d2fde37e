/** Results of rules that look ahead: the text does not match (NO), or more text is needed (WAIT). */
export const NO = 0;
/** See `NO`. */
export const WAIT = -1;

/**
 * What is known about a closing mark: from the last search's start (`from`) up to `to` in the whole text, neither it
 * nor anything that ends the search occurs.
 */
export interface Absent {
  from: number;
  to: number;
  /** The last line end before `to` if only white space follows it, otherwise -1. */
  newline: number;
}

/** What is known about a pair of marks between two positions of the whole text. */
export interface Pairing {
  readonly from: number;
  to: number;
  /** The positions right after opening marks that are still open, the innermost last. */
  readonly open: number[];
  /**
   * For each position from `from` to `to`: WAIT if it is not right after an opening mark; otherwise the position right
   * after the mark that closes it, or NO while there is none.
   */
  readonly ends: number[];
}

/** Text that does not close emphasis of one kind. */
export interface Unemphatic {
  /** Where it begins in the whole text. */
  readonly from: number;
  /** Its width from its beginning to each of its positions, and to its end. */
  readonly widths: number[];
}

/** The text known so far, by code point. */
export interface Window {
  /** One string for each code point. */
  readonly points: readonly string[];
  /** How many code points of the text come before the first of them. */
  readonly offset: number;
  /** Whether the text ends after the last one. */
  readonly ended: boolean;
  /** Remembered results of searches for closing marks. */
  readonly absent: Map<string, Absent>;
  /** Remembered results for pairs, by closing mark. */
  readonly pairs: Map<string, Pairing>;
  /** Remembered results for emphasis, by closing mark. */
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
 * Up to this many code points are concatenated one by one, which is fast; with more, the JavaScript engine would build
 * a tree of partial strings.
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
 * The one-character string for a code below 0x10000. It is interned as a property key, so that the JavaScript engine
 * compares equal strings by address.
 */
function character(code: number): string {
  characters[code] ??= Object.keys({ [String.fromCharCode(code)]: 0 })[0] ?? "";
  return characters[code];
}

/**
 * Appends up to `count` code points of a text, starting at the UTF-16 unit `index`; returns the unit where the rest
 * begins.
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
