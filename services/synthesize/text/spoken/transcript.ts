import { countCodePoints } from "../../../../infra/text/code-points.ts";
import { pauseAsWritten, rank } from "./pauses.ts";
import type { Span } from "./spoken-clause.ts";

/** What is said for a text, with the written ranges that its parts stand for. */
export interface Transcript {
  readonly spoken: string;
  readonly spans: readonly Span[];
}

/**
 * Writes a transcript word by word. Words and pauses come in the order of the text, each with the written range
 * `[start, end)`, in code points, that it stands for; the writer decides which space or mark goes between two words.
 */
export interface TranscriptWriter {
  /** A word, or a character of one, that is said as it is written. */
  word(text: string, start: number, end: number): void;
  /** Words that are said in place of what is written. */
  reading(text: string, start: number, end: number): void;
  /** White space stands before what comes next. */
  space(): void;
  /** What comes next belongs to the word before it, although that was a reading. */
  join(): void;
  /** A pause, by its mark as `pauses` gives it, and what is written there. Of several in a row the longest is heard; a comma is heard at the end as well. */
  pause(mark: string, written: string, start: number, end: number): void;
  /** Ends the text; `lineEnd` is the written range of what ends a line with it, which closes it like a sentence. */
  end(lineEnd: readonly [start: number, end: number] | undefined): Transcript;
}

/** A letter, figure or part of one: what is heard. */
export const audible = /[\p{L}\p{N}\p{M}]/u;
/** Characters of Chinese and Japanese, which stand without spaces, and their punctuation. */
export const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
/** Letters that join what stands before and after a word: Korean particles, scripts without spaces. Only written spaces stand beside them. */
const joining = /[\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Commas: the writer meant a pause there, even at the end. */
const softMarks = ",，、､،՝፣";

/** A span that may still take more of the text. */
type Growing = { -readonly [field in keyof Span]: Span[field] };

/** A writer with an empty transcript, in a language by its primary subtag. */
export function createTranscriptWriter(language: string): TranscriptWriter {
  const spans: Growing[] = [];
  let spoken = "";
  let length = 0;
  let last = "";
  let due = "";
  let dueAt: readonly [number, number] = [0, 0];
  let dueWritten = "";
  let spaced = false;
  let afterReading = false;
  /** The last character is spoken as it is written. */
  let asWritten = false;

  /** The mark of the pause that is due. */
  const dueMark = () => pauseAsWritten(due, dueWritten, language);

  function add(piece: string, start: number, end: number): void {
    const count = piece.length === 1 ? 1 : countCodePoints(piece);
    const previous = spans.at(-1);
    const identity = count === 1 && end - start === 1;
    if (
      identity &&
      previous !== undefined &&
      previous.end === start &&
      previous.spokenEnd - previous.spokenStart === previous.end - previous.start &&
      previous.spokenEnd === length
    ) {
      previous.end = end;
      previous.spokenEnd = length + 1;
    } else if (
      previous !== undefined &&
      !identity &&
      previous.start === start &&
      previous.end === end &&
      previous.spokenEnd === length
    )
      // More words for the same written text, such as the name of a code block.
      previous.spokenEnd = length + count;
    else spans.push({ start, end: Math.max(start, end), spokenStart: length, spokenEnd: length + count });
    spoken += piece;
    length += count;
    last = piece.slice(-1);
  }

  /** Adds the pause or space that is due before `piece`. */
  function addGap(piece: string, start: number, end: number, reading: boolean): void {
    const begins = piece[0] ?? "";
    if (due !== "" && length > 0) {
      const mark = dueMark();
      add(wide.test(mark) ? mark : `${mark} `, dueAt[0], dueAt[1]);
      return;
    }
    if (length === 0 || last === " ") return;
    // Inside a word nothing is due.
    if (!spaced && !reading && !afterReading) return;
    const narrow = !wide.test(last) && !wide.test(begins);
    if (joining.test(last) && joining.test(begins) && !(reading && afterReading)) {
      if (spaced) add(" ", start, start);
    } else if (narrow && (spaced || reading || afterReading) && begins !== " " && begins !== "'" && audible.test(last))
      add(" ", start, start);
    else if (
      spaced &&
      !narrow &&
      asWritten &&
      end - start === 1 &&
      !reading &&
      wide.test(last) &&
      wide.test(begins) &&
      language === "zh"
    )
      add("，", start, start);
    else if (narrow && spaced && begins !== " ") add(" ", start, start);
  }

  function put(piece: string, start: number, end: number, reading: boolean): void {
    addGap(piece, start, end, reading);
    due = "";
    spaced = false;
    afterReading = reading;
    asWritten = !reading && end - start === 1;
    add(length === 0 ? piece.trimStart() : piece, start, end);
  }

  return {
    word: (text, start, end) => put(text, start, end, false),
    reading: (text, start, end) => put(text, start, end, true),
    space() {
      spaced = true;
    },
    join() {
      afterReading = false;
    },
    pause(mark, written, start, end) {
      // After a bracket a comma that someone wrote is the same pause, but one that is heard at the end as well.
      if (mark === due && written !== "" && softMarks.includes(written)) dueWritten = written;
      if (rank(mark) <= rank(due)) return;
      due = mark;
      dueAt = [start, end];
      dueWritten = written;
    },
    end(lineEnd) {
      if (length > 0) {
        if (lineEnd !== undefined && rank(due) < 2) {
          due = "。";
          dueWritten = "";
          dueAt = lineEnd;
        }
        // A bracket or a line break at the end is no pause that anyone wrote.
        if (due === "，" && lineEnd === undefined && !softMarks.includes(dueWritten || " ")) due = "";
        if (due !== "") add(dueMark(), dueAt[0], dueAt[1]);
      }
      return audible.test(spoken) ? { spoken, spans } : { spoken: "", spans: [] };
    },
  };
}
