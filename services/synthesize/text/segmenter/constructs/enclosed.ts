import { isAlphanumeric, isLetter, isNewline, isSpace, isWide } from "../window/characters.ts";
import { closing, reach, target } from "../window/seek.ts";
import { NO, peek, WAIT, type Window } from "../window/window.ts";
import { emphasis } from "./emphasis.ts";

/** Quotes and brackets that open and close with different characters: maps the opening one to the closing one. */
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
  ["{", "}"],
]);

/** Short words with a leading apostrophe that does not open a quote: `'tis`, `'em`. */
const clipped = ["tis", "twas", "em", "cause", "til", "n", "round", "bout"];

/** All prefixes of the words in `clipped`. */
const clippedBeginnings = new Set(clipped.flatMap((word) => [...word].map((_, index) => word.slice(0, index + 1))));

/** The end of the word in `clipped` that follows the apostrophe at `start` (`'tis`); NO if none follows. */
function clippedEnd(window: Window, start: number): number {
  let word = "";
  for (let index = start + 1; index - start <= 6; index++) {
    const c = peek(window, index) ?? "";
    if (c === "" || isNewline(c)) return NO;
    if (!isLetter(c)) {
      if (clipped.includes(word)) return index;
      continue;
    }
    word += c.toLowerCase();
    if (!clippedBeginnings.has(word)) return NO;
  }
  return NO;
}

/**
 * Whether a quotation mark before the character `after` can close a quotation: inside a word it is an apostrophe and
 * closes nothing.
 */
const endsWord = (after: string): boolean => !isLetter(after) || isWide(after);

function apostrophe(window: Window, start: number, close: string): number {
  const end = closing(window, start + 1, "", close, reach.apostrophe, endsWord);
  const clippedAt = clippedEnd(window, start);
  if (clippedAt !== NO && (end <= NO || clippedAt < end - 1)) return NO;
  if (end === NO) return NO;
  // If the last character received so far may be the closing mark, it is not part of the quotation's width so far.
  const known = window.points.length - (window.points.at(-1) === close ? 1 : 0);
  let width = 0;
  for (let index = start + 1; index < (end === WAIT ? known : end - 1); index++)
    width += isWide(window.points[index] ?? "") ? 2 : 1;
  return width > reach.apostrophe ? NO : end;
}

/**
 * Returns the end of a quotation, bracket, link or emphasis that opens at `start`, which is kept in one clause; NO if
 * none opens there, WAIT if more text is needed.
 */
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
