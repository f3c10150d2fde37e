import { isAlphanumeric, isDigit, isLetter, isNewline, isSpace, isWide } from "../window/characters.ts";
import { closing, reach, run, target } from "../window/seek.ts";
import { NO, peek, WAIT, type Window } from "../window/window.ts";

/** Quotes and brackets that open and close with different characters. */
const pairs: ReadonlyMap<string, string> = new Map([
  ["“", "”"],
  ["「", "」"],
  ["『", "』"],
  ["《", "》"],
  ["〈", "〉"],
  ["【", "】"],
  ["〔", "〕"],
  ["（", "）"],
  ["«", "»"],
  ["‹", "›"],
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** Small words with a leading apostrophe, which opens no quote. */
const clipped = ["tis", "twas", "em", "cause", "til", "n", "round", "bout"];

/** Where the small word after the apostrophe at `start` ends, NO for none. */
function clippedEnd(window: Window, start: number): number {
  let word = "";
  for (let index = start + 1; index - start <= 6; index++) {
    const c = peek(window, index) ?? "";
    if (c === "" || isNewline(c)) return NO;
    if (isLetter(c)) word += c;
    else if (clipped.includes(word.toLowerCase())) return index;
  }
  return NO;
}

/** Inside a word a quote is an apostrophe and closes nothing. */
const endsWord = (after: string): boolean => !isLetter(after) || isWide(after);

function apostrophe(window: Window, start: number, close: string): number {
  const end = closing(window, start + 1, "", close, reach.apostrophe, endsWord);
  const clippedAt = clippedEnd(window, start);
  if (clippedAt !== NO && (end <= NO || clippedAt < end - 1)) return NO;
  if (end === NO) return NO;
  // It may be that a last mark closes it.
  const known = window.points.length - (window.points.at(-1) === close ? 1 : 0);
  let width = 0;
  for (let index = start + 1; index < (end === WAIT ? known : end - 1); index++)
    width += isWide(window.points[index] ?? "") ? 2 : 1;
  return width > reach.apostrophe ? NO : end;
}

function emphasis(window: Window, start: number): number {
  const mark = window.points[start] ?? "";
  const opened = run(window, start, reach.emphasis);
  if (opened <= 0) return opened;
  const length = opened - start;
  const next = peek(window, opened) ?? "";
  const previous = peek(window, start - 1) ?? "";
  if (length === 1 && mark === "*" && (previous === "按" || previous === "拨" || next === "#")) return NO;
  if (length === 1 && mark === "*" && isDigit(next)) {
    // The star before the number of a service: *123#.
    let end = opened;
    while (end - opened < 8 && isDigit(peek(window, end) ?? "")) end++;
    if (peek(window, end) === undefined) return WAIT;
    if (peek(window, end) === "#") return NO;
  }
  if (next === "" || isSpace(next) || length > 3 || (mark === "~" && length !== 2)) return NO;
  if (mark === "_" ? isAlphanumeric(previous) : length === 1 && isAlphanumeric(previous) && isAlphanumeric(next))
    return NO;
  let width = 0;
  for (let index = opened; width <= reach.emphasis; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return NO;
    if (c === mark) {
      // Two marks close two at once; only after one, a second would open or close something else.
      if (length === 2 && peek(window, index + 1) === mark && !isSpace(peek(window, index - 1) ?? "")) return index + 2;
      const closed = run(window, index, reach.emphasis);
      if (closed <= 0) return closed;
      if (closed - index >= length && !isSpace(peek(window, index - 1) ?? "")) return closed;
      index = closed - 1;
    }
    width += isWide(c) ? 2 : 1;
  }
  return NO;
}

/** Prose that is kept together and opens at `start` (a quote, a bracket, a link, emphasis): its end, NO, or WAIT. */
export function enclosed(window: Window, start: number): number {
  const c = window.points[start] ?? "";
  const previous = peek(window, start - 1) ?? "";
  switch (c) {
    case "*":
    case "_":
    case "~":
      return emphasis(window, start);
    case "'":
    case "‘": {
      const next = peek(window, start + 1);
      if (next === undefined) return WAIT;
      if (isAlphanumeric(previous) || !isLetter(next)) return NO;
      return apostrophe(window, start, c === "'" ? "'" : "’");
    }
    case '"':
    case "＂": {
      const next = peek(window, start + 1);
      if (next === undefined) return WAIT;
      if (isAlphanumeric(previous) || next === "" || isSpace(next)) return NO;
      return closing(window, start + 1, "", c, reach.bracket);
    }
    case "[":
      return target(window, closing(window, start + 1, "[", "]", reach.bracket));
    default: {
      const close = pairs.get(c);
      const limit = c === "“" ? reach.quote : c < "\u3000" ? reach.bracket : reach.wide;
      return close === undefined ? NO : closing(window, start + 1, c, close, limit);
    }
  }
}
