import { isHan, isSpace, isWord, trait, traits } from "../window/characters.ts";
import { NO, slice, WAIT, type Window } from "../window/window.ts";
import { grade } from "./grade.ts";
import { judgeHan } from "./han/han.ts";
import { judgeKana } from "./kana.ts";
import { beforeQuote, isQuote } from "./quoted.ts";
import type { SoftBorder, Strength } from "./soft-border.ts";
import { createSpaced } from "./spaced/spaced.ts";

// The soft borders of a text, found in one pass from left to right beside the scanner, never ahead of it: what the scanner has passed over is plain
// text, what it keeps whole (a quotation, an address, code) is skipped. A place is judged once, as soon as two hanzi or one
// word after it are known, and what was found stays found; so the borders depend on the text alone.

/**
 * How much must stand before a border: from the clause's start for each grade, and from the border before. A hanzi counts 1, a word of a language
 * with spaces 2, in Korean 3, what is kept whole 4.
 */
const least = {
  hanzi: { start: { phrase: 3, word: 7 }, gap: { phrase: 2, word: 4 } },
  words: { start: { phrase: 6, word: 6 }, gap: { phrase: 4, word: 6 } },
};
/** How near kana must stand for hanzi to be Japanese. */
const nearKana = 40;

/** A border by its place in the whole text, in code points. */
interface Found {
  readonly place: number;
  readonly strength: Strength;
}

const none: readonly SoftBorder[] = [];
const isHangul = (c: string): boolean => c >= "\uac00" && c <= "\ud7a3";

/** Finds the soft borders of one text. */
export interface Borders {
  /** Judges the places of the window up to `limit`, before which the scanner has passed over everything. */
  advance(window: Window, limit: number): void;
  /** Passes over what ends before `end` of the window and is kept whole; `heard`: it is said. */
  skip(window: Window, end: number, heard: boolean): void;
  /** The borders of the window before `end`. */
  within(window: Window, end: number): readonly SoftBorder[];
  /** A clause has ended before `place`, in code points of the whole text. */
  end(place: number): void;
}

/** A finder for one text. */
export function createBorders(): Borders {
  const spaced = createSpaced();
  let found: Found[] = [];
  /** The place that is judged next, in the whole text. */
  let next = 0;
  /** What stands between the last border, or the clause's start, and `next`. */
  let said = 0;
  let first = true;
  /** A hanzi stands in the clause: what stands before it could be read in another language if it were alone. */
  let han = false;
  let kana = -nearKana;

  function judge(window: Window, index: number, isHanzi: boolean, bits: number): number {
    if (isQuote(window.points[index] ?? "")) return beforeQuote(window, index);
    if (isHanzi) {
      if (next - kana < nearKana) return judgeKana(window, index);
      // Most places are passed over here, as no border may stand so near to the one before.
      return han && said >= least.hanzi[first ? "start" : "gap"].phrase ? judgeHan(window, index) : NO;
    }
    return !(bits & trait.space) && isSpace(window.points[index - 1] ?? " ")
      ? spaced.judge(window, index, said >= least.words[first ? "start" : "gap"].phrase)
      : NO;
  }

  return {
    advance(window, limit) {
      for (; next - window.offset <= limit; next++) {
        const index = next - window.offset;
        const c = window.points[index];
        if (c === undefined) return;
        const bits = traits(c);
        const isHanzi = (bits & trait.wide) !== 0 && !isHangul(c);
        const answer = judge(window, index, isHanzi, bits);
        if (answer === WAIT && !window.ended) return;
        if (bits & trait.kana) kana = next;
        if (isHanzi && !han && isHan(c)) han = true;
        if (answer > NO) {
          const strength = answer === grade.phrase ? "phrase" : "word";
          const script = isHanzi || isHan(window.points[index - 1] ?? "") ? "hanzi" : "words";
          if (said >= least[script][first ? "start" : "gap"][strength]) {
            found.push({ place: next, strength });
            said = 0;
            first = false;
          }
        }
        if (isHanzi) said++;
        else if (bits & trait.word && !isWord(window.points[index - 1] ?? " ")) said += isHangul(c) ? 3 : 2;
      }
    },
    skip(window, end, heard) {
      for (; next < window.offset + end; next++) if (isHan(window.points[next - window.offset] ?? "")) han = true;
      if (heard) said += 4;
      // The mark of a list's item.
      else if (first) said = 0;
    },
    within(window, end) {
      if (found.length === 0) return none;
      return found
        .filter(({ place }) => place > window.offset && place < window.offset + end)
        .map(({ place, strength }) => ({ at: slice(window, 0, place - window.offset).length, strength }));
    },
    end(place) {
      if (found.length > 0) found = found.filter((border) => border.place > place);
      if (next > place) return;
      next = place;
      said = 0;
      first = true;
      han = false;
    },
  };
}
