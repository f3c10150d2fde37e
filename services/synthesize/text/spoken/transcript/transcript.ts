import { pauseAsWritten, rank } from "../pauses.ts";
import type { Span } from "../spoken-clause.ts";
import { SpokenText } from "./spoken-text.ts";

/** The spoken form of a text, with the written ranges that its parts correspond to. */
export interface Transcript {
  readonly spoken: string;
  readonly spans: readonly Span[];
}

/**
 * Writes a transcript word by word. Words and pauses come in the order of the text, each with the written range
 * `[start, end)`, in code points, that it corresponds to; the writer decides which space or mark goes between two
 * words.
 */
export interface TranscriptWriter {
  /** Adds a word that is spoken as it is written, or a single character of such a word. */
  word(text: string, start: number, end: number): void;
  /** Adds words that are spoken instead of what is written. */
  reading(text: string, start: number, end: number): void;
  /** Notes that white space has been written, so that a space may be needed before whatever comes next. */
  space(): void;
  /** Puts no space between the last word and what comes next, even if one of them is not spoken as it is written. */
  join(): void;
  /**
   * Adds a pause, given by its mark in `pauses`; `written` is the character in the text. Of several pauses in a row
   * only the longest is heard. A comma is heard even at the end of the text.
   */
  pause(mark: string, written: string, start: number, end: number): void;
  /** Ends the text. `lineEnd`: the written range of a line break that ends the text like a full stop, if any. */
  end(lineEnd: readonly [start: number, end: number] | undefined): Transcript;
}

/** A letter, digit or combining mark: a character that is spoken and is not a pause. */
export const audible = /[\p{L}\p{N}\p{M}]/u;
/** Matches characters of Chinese and Japanese, which are written without spaces, including their punctuation. */
export const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
/**
 * Letters of scripts in which words may follow each other without a space: Korean, because of its particles, and Thai,
 * Lao, Khmer and Burmese. Between two such letters a space is kept if it is written, but none is inserted.
 */
const joining = /[\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Commas, which are heard even at the end of a text; other marks of the same pause, such as brackets, are not. */
const softMarks = ",，、､،՝፣";

/** A pause that has been read but not written yet: it is added to the transcript once another word comes. */
interface DuePause {
  /** The pause: the punctuation mark that is its key in `pauses`, or "" for no pause. */
  readonly mark: string;
  /** The character in the text that causes the pause. */
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

const noPause: DuePause = { mark: "", written: "", start: 0, end: 0 };

/** Creates a writer with an empty transcript; `language` is a primary subtag. */
export function createTranscriptWriter(language: string): TranscriptWriter {
  const text = new SpokenText();
  let due = noPause;
  /** Whether the written text has white space after the last piece, so that a space may be needed before the next. */
  let spaced = false;
  /**
   * `afterReading`: the last piece was spoken in other words than it is written. `afterCharacter`: the last piece was a
   * character spoken as written.
   */
  let afterReading = false;
  let afterCharacter = false;

  const markOf = ({ mark, written }: DuePause): string => pauseAsWritten(mark, written, language);

  /** Adds the pause, space or comma that belongs between the last piece and `next`. */
  function addGap(next: string, start: number, isReading: boolean, isCharacter: boolean): void {
    if (text.length === 0) return;
    if (due.mark !== "") {
      const mark = markOf(due);
      text.add(wide.test(mark) ? mark : `${mark} `, due.start, due.end);
      return;
    }
    // Between two characters of one word nothing is inserted.
    if (!spaced && !isReading && !afterReading) return;
    const mayBeComma = language === "zh" && isCharacter && afterCharacter;
    const gap = gapBetween(text.last, next, { spaced, betweenReadings: isReading && afterReading, mayBeComma });
    if (gap !== "") text.add(gap, start, start);
  }

  function put(piece: string, start: number, end: number, isReading: boolean): void {
    const isCharacter = !isReading && end - start === 1;
    addGap(piece[0] ?? "", start, isReading, isCharacter);
    due = noPause;
    spaced = false;
    afterReading = isReading;
    afterCharacter = isCharacter;
    text.add(text.length === 0 ? piece.trimStart() : piece, start, end);
  }

  return {
    word: (piece, start, end) => put(piece, start, end, false),
    reading: (piece, start, end) => put(piece, start, end, true),
    space() {
      spaced = true;
    },
    join() {
      afterReading = false;
    },
    pause(mark, written, start, end) {
      // A comma, unlike a bracket, is heard even at the end of a text, so a comma replaces a bracket before it.
      if (mark === due.mark && isSoftMark(written)) due = { ...due, written };
      if (rank(mark) > rank(due.mark)) due = { mark, written, start, end };
    },
    end(lineEnd) {
      if (text.length > 0) {
        if (lineEnd !== undefined && rank(due.mark) < 2)
          due = { mark: "。", written: "", start: lineEnd[0], end: lineEnd[1] };
        // At the end of the text, a pause `，` is spoken only if the author wrote a comma, and not for a bracket or a
        // line break.
        const isHeard = due.mark !== "，" || lineEnd !== undefined || isSoftMark(due.written);
        if (due.mark !== "" && isHeard) text.add(markOf(due), due.start, due.end);
      }
      return audible.test(text.text) ? { spoken: text.text, spans: text.spans } : { spoken: "", spans: [] };
    },
  };
}

const isSoftMark = (written: string): boolean => written !== "" && softMarks.includes(written);

/** What determines whether a space or comma goes between two adjacent pieces of spoken text. */
interface Between {
  /** Whether white space is written between the two pieces. */
  readonly spaced: boolean;
  /** Whether both pieces are readings, that is, are not spoken as they are written. */
  readonly betweenReadings: boolean;
  /** Whether white space between two Chinese pieces is heard as a comma. */
  readonly mayBeComma: boolean;
}

/** The space or comma between a piece that ends with `last` and one that begins with `next`; "" for neither. */
function gapBetween(last: string, next: string, { spaced, betweenReadings, mayBeComma }: Between): string {
  if (last === " ") return "";
  if (!betweenReadings && joining.test(last) && joining.test(next)) return spaced ? " " : "";
  const [wideBefore, wideAfter] = [wide.test(last), wide.test(next)];
  if (wideBefore || wideAfter) return spaced && mayBeComma && wideBefore && wideAfter ? "，" : "";
  if (next === " ") return "";
  return spaced || (next !== "'" && audible.test(last)) ? " " : "";
}
