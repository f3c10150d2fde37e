import { isAlphanumeric, isWide, isWord } from "./characters.ts";
import type { Window } from "./window.ts";
import { slice } from "./window.ts";

/** The longest clause, in half-width units: 56 Chinese characters or 112 Latin ones, about ten seconds of speech. */
export const capWidth = 112;
/** A clause that must be cut is not cut before this, so that what is left is worth speaking. */
const leastWidth = 36;

/** Where a clause may be cut that becomes too long, best first: after a minor mark, at white space, between words. */
export interface Places {
  minor: number;
  space: number;
  word: number;
}

/** No place yet. */
export const noPlaces = (): Places => ({ minor: 0, space: 0, word: 0 });

const words = new Intl.Segmenter("zh", { granularity: "word" });

/** Minor marks, after which a long clause is cut. */
export const minorMarks = "、—–·,;:，；：…";

/** The place at which to cut the clause `[0, end)`; `widthAt` tells how wide the text before a place is. */
export function cutPlace(window: Window, end: number, places: Places, widthAt: (index: number) => number): number {
  if (places.minor > 0 && widthAt(places.minor) >= leastWidth) return places.minor;
  if (places.space > 0 && widthAt(places.space) >= leastWidth) return places.space;
  // Chinese runs on without spaces: ask a dictionary where the last word begins.
  let from = end;
  while (from > 0 && end - from < 24 && isWide(window.points[from - 1] ?? "")) from--;
  if (end - from >= 4) {
    let at = from;
    let last = 0;
    for (const { segment } of words.segment(slice(window, from, end))) {
      if (at > from) last = at;
      at += [...segment].length;
    }
    if (last > 0) return last;
  }
  if (places.word > 0) return places.word;
  return end;
}

/** Whether text may be cut between two characters where nothing better is found: not inside a Latin word or a number. */
export const mayPart = (left: string, right: string): boolean =>
  (isWide(left) || isWide(right) || !isWord(left) || !isWord(right)) &&
  !(isAlphanumeric(left) && isAlphanumeric(right)) &&
  !".,:-%/'’".includes(right);
