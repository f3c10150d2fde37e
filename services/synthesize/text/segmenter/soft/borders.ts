import { isHan, isSpace, isWord, trait, traits } from "../window/characters.ts";
import { NO, slice, WAIT, type Window } from "../window/window.ts";
import { grade } from "./grade.ts";
import { judgeHan } from "./han/han.ts";
import { judgeKana } from "./kana.ts";
import { beforeQuote, isQuote } from "./quoted.ts";
import type { SoftBorder, Strength } from "./soft-border.ts";
import { createSpaced } from "./spaced/spaced.ts";

// Finds the soft borders of a text in one pass from left to right, following the scanner: what the scanner has passed
// over is plain text, and what it keeps whole (a quotation, a URL, code) is skipped. Each position is judged once, as
// soon as the next two hanzi or the next word are known. The result is final, so borders depend only on the text.

/**
 * The minimum amount of text before a soft border, by grade: from the start of the clause (`start`) and from the
 * previous border (`gap`). A hanzi counts 1, a word of a language with spaces 2, a Korean word 3, and text that is
 * never divided, such as a URL or a quotation, 4.
 */
const least = {
  hanzi: { start: { phrase: 3, word: 7 }, gap: { phrase: 2, word: 4 } },
  words: { start: { phrase: 4, word: 6 }, gap: { phrase: 4, word: 6 } },
};
/** Hanzi count as Japanese if kana come before them at a distance of less than this many code points. */
const nearKana = 40;

/** A soft border; `place` is its position in the whole text, in code points. */
interface Found {
  readonly place: number;
  readonly strength: Strength;
}

const none: readonly SoftBorder[] = [];
const isHangul = (c: string): boolean => c >= "\uac00" && c <= "\ud7a3";

/** Finds the soft borders of one text: positions inside its clauses where a segment may end. */
export interface Borders {
  /**
   * Finds the soft borders in the window before index `limit`. The scanner must have processed all text before `limit`.
   */
  advance(window: Window, limit: number): void;
  /** Skips a construct that is kept whole and ends before index `end` of the window. `heard`: whether it is spoken. */
  skip(window: Window, end: number, heard: boolean): void;
  /** Returns the soft borders that were found in the window before index `end`. */
  within(window: Window, end: number): readonly SoftBorder[];
  /** Records that a clause has ended before the position `place`, in code points of the whole text. */
  end(place: number): void;
}

/** Creates a finder of soft borders: the places, other than at punctuation marks, where one text may be divided. */
export function createBorders(): Borders {
  const spaced = createSpaced();
  let found: Found[] = [];
  /** The next position to judge as a possible soft border, in code points of the whole text. */
  let next = 0;
  /** The amount of text (in the unit of `least`) from the last border, or else the clause's start, to `next`. */
  let said = 0;
  let first = true;
  /**
   * Whether the clause has contained a hanzi so far. There is no border right before its first hanzi, since the text up
   * to there could be taken for another language if spoken by itself.
   */
  let han = false;
  let kana = -nearKana;

  function judge(window: Window, index: number, isHanzi: boolean, bits: number): number {
    if (isQuote(window.points[index] ?? "")) return beforeQuote(window, index);
    if (isHanzi) {
      if (next - kana < nearKana) return judgeKana(window, index);
      // Most positions are not judged: no border is allowed there, since they are too close to the previous border.
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
      // List marks and tags are not spoken: up to the first border, the length of the text is counted from after them.
      else if (first) said = 0;
    },
    within(window, end) {
      if (found.length === 0) return none;
      return found
        .filter(({ place }) => place > window.offset && place < window.offset + end)
        .map(({ place, strength }) => ({ at: slice(window, 0, place - window.offset).length, strength }));
    },
    end(place) {
      found = found.filter((border) => border.place > place);
      if (next > place) return;
      next = place;
      said = 0;
      first = true;
      han = false;
    },
  };
}
