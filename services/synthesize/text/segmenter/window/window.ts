/** Answers of the rules that look ahead: the text does not match, or more text is needed to tell. */
export const NO = 0;
/** See `NO`. */
export const WAIT = -1;

/** What is known of a closing mark: from where the last search began (`from`) up to `to` in the whole text it does not stand, nor what ends the search. */
export interface Absent {
  from: number;
  to: number;
  /** The last line end before `to` if only white space stands after it, else -1. */
  newline: number;
}

/** What is known of a pair from one place up to another, in the whole text. */
export interface Pairing {
  readonly from: number;
  to: number;
  /** What stands right after each opening mark that is still open, the innermost last. */
  readonly open: number[];
  /** For each place from `from` to `to`: where no opening mark stands before it WAIT, else one past what closes that mark, NO while there is none. */
  readonly ends: number[];
}

/** Text that does not close emphasis of one kind. */
export interface Unemphatic {
  /** Where it begins in the whole text. */
  readonly from: number;
  /** How wide it is up to each of its places and up to its end. */
  readonly widths: number[];
}

/** The text that is known so far, by code point. */
export interface Window {
  /** One string for each code point. */
  readonly points: readonly string[];
  /** How much of the text stands before the first of them. */
  readonly offset: number;
  /** Nothing comes after the last point. */
  readonly ended: boolean;
  /** What is remembered of closing marks that were looked for. */
  readonly absent: Map<string, Absent>;
  /** What it remembers of pairs, by what closes them. */
  readonly pairs: Map<string, Pairing>;
  /** What it remembers of emphasis, by the marks that close it. */
  readonly unemphatic: Map<string, Unemphatic>;
}

/** The code point at `index`; "" before the start and after the end of the text, undefined where the text is not known yet. */
export function peek(window: Window, index: number): string | undefined {
  if (index < 0) return "";
  return window.points[index] ?? (window.ended ? "" : undefined);
}

/** So few code points are soon added up; of more, the string would be a tree of all its parts. */
const few = 20;

/** The code points `[start, end)` as one string. */
export function slice(window: Window, start: number, end: number): string {
  if (end - start > few) return window.points.slice(start, end).join("");
  let text = "";
  for (let index = start; index < end; index++) text += window.points[index];
  return text;
}

const characters: string[] = [];

/** The character of a code below 0x10000. Equal ones are one and the same string, that of a property's key, so that they are compared by address. */
function character(code: number): string {
  characters[code] ??= Object.keys({ [String.fromCharCode(code)]: 0 })[0] ?? "";
  return characters[code];
}

/** Adds up to `count` of the text's code points from the unit `index` on, and says at which unit the rest begins. */
export function addPoints(points: string[], text: string, index: number, count: number): number {
  let at = index;
  for (let added = 0; added < count && at < text.length; added++) {
    const code = text.codePointAt(at) ?? 0;
    points.push(code > 0xffff ? String.fromCodePoint(code) : character(code));
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}
