/** Answers of the rules that look ahead: the text does not match, or more text is needed to tell. */
export const NO = 0;
/** See `NO`. */
export const WAIT = -1;

/** The text that is known so far, by code point. */
export interface Window {
  /** One string for each code point. */
  readonly points: readonly string[];
  /** How much of the text stands before the first of them. */
  readonly offset: number;
  /** Nothing comes after the last point. */
  readonly ended: boolean;
  /** For a closing mark, the stretch of the whole text `[from, to)` in which it is known not to stand, nor the end of a line. */
  readonly absent: Map<string, [from: number, to: number]>;
}

/** The code point at `index`; "" before the start and after the end of the text, undefined where the text is not known yet. */
export function peek(window: Window, index: number): string | undefined {
  if (index < 0) return "";
  return window.points[index] ?? (window.ended ? "" : undefined);
}

/** The code points `[start, end)` as one string. */
export function slice(window: Window, start: number, end: number): string {
  let text = "";
  for (let index = start; index < end; index++) text += window.points[index];
  return text;
}

const characters: string[] = [];

/** The text's code points. Equal ones are one and the same string, which makes comparing them cheap. */
export function* codePoints(text: string): Generator<string> {
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) ?? 0;
    if (code > 0xffff) {
      index++;
      yield String.fromCodePoint(code);
    } else {
      characters[code] ??= String.fromCharCode(code);
      yield characters[code];
    }
  }
}
