import type { Clause } from "../segmenter.ts";
import { capWidth, cutPlace, mayPart, minorMarks, noPlaces } from "./cap.ts";
import { isExtender, isKana, isNewline, isRegional, isSpace, isWide, isWord } from "./characters.ts";
import { enclosed } from "./enclosed.ts";
import { codeBlock, fence, lineMark, tableRow } from "./lines.ts";
import { border, borderAfterEnclosed, sentenceMarks } from "./marks.ts";
import { verbatim } from "./verbatim.ts";
import { NO, slice, WAIT } from "./window.ts";

/** Reads text by code point and yields clauses as soon as their end is certain. */
export interface Scanner {
  /** Takes more text; `ended` says that nothing follows it for now and all pending text is to be returned. */
  scan(text: string, ended: boolean): Clause[];
  /** See `Segmenter.settle`. */
  settle(): Clause[];
}

const marks = new Set("。！？｡；，：、….!?,:;");

/** A scanner for one text. */
export function createScanner(): Scanner {
  /** The open clause and what follows it; its first character is `points[0]`. */
  const window = { points: [] as string[], ended: false };
  let offset = 0;
  let at = 0;
  let lineStart = true;
  let width = 0;
  let kana = false;
  let wordy = false;
  let places = noPlaces();
  let code: { readonly mark: string; readonly length: number; from: number } | undefined;

  function restart(): void {
    at = 0;
    width = 0;
    kana = false;
    wordy = false;
    places = noPlaces();
  }

  function take(end: number, clauses: Clause[]): void {
    clauses.push({ text: slice(window, 0, end), start: offset, end: offset + end });
    lineStart = isNewline(window.points[end - 1] ?? "");
    window.points.splice(0, end);
    offset += end;
    restart();
  }

  /** Leaves out white space before a clause. */
  function skipSpace(): void {
    let count = 0;
    for (const c of window.points) {
      if (!isSpace(c)) break;
      if (isNewline(c)) lineStart = true;
      count++;
    }
    window.points.splice(0, count);
    offset += count;
  }

  /** Passes over `[at, end)`. */
  function pass(end: number): void {
    for (; at < end; at++) {
      const c = window.points[at] ?? "";
      width += isWide(c) ? 2 : 1;
      if (isKana(c)) kana = true;
      if (!wordy && isWord(c)) wordy = true;
    }
  }

  function widthAt(end: number): number {
    let sum = 0;
    for (let index = 0; index < end; index++) sum += isWide(window.points[index] ?? "") ? 2 : 1;
    return sum;
  }

  /** Notes that a clause that becomes too long may be cut before `at`. */
  function notePlaces(c: string): void {
    const previous = window.points[at - 1] ?? "";
    if (at === 0 || isExtender(c) || isExtender(previous) || (isRegional(c) && isRegional(previous))) return;
    if (isSpace(c)) {
      if (isWide(previous) && isWide(window.points[at + 1] ?? "")) places.minor = at;
      else places.space = at;
    } else if (minorMarks.includes(previous) && mayPart(previous, c) && !minorMarks.includes(c)) places.minor = at;
    else if (mayPart(previous, c)) places.word = at;
  }

  /** Judges the character at `at`: passes over it, ends the clause, or returns false to wait for more text. */
  function step(clauses: Clause[]): boolean {
    const c = window.points[at] ?? "";
    if (at === 0) {
      if (code !== undefined) {
        const block = codeBlock(window, code.from, code.mark, code.length);
        code.from = block.from;
        if (block.end === WAIT) return false;
        code = block.closed ? undefined : { ...code, from: 0 };
        take(block.end, clauses);
        return true;
      }
      if (c === "`" || (lineStart && c === "~")) {
        const length = fence(window, 0);
        if (length === WAIT) return false;
        if (length !== NO) {
          code = { mark: c, length, from: fenceBody(length) };
          return true;
        }
      }
      if (lineStart) {
        if (c === "|") {
          const end = tableRow(window, 0);
          if (end === WAIT) return false;
          if (end !== NO) {
            take(end, clauses);
            return true;
          }
        }
        const end = lineMark(window, 0);
        if (end === WAIT) return false;
        if (end !== NO) {
          pass(end);
          wordy = false;
          return true;
        }
      }
    }
    if (c === "`" && window.points[at + 1] === "`") {
      // A code block that begins within a line ends the clause before it.
      const length = fence(window, at);
      if (length === WAIT) return false;
      if (length !== NO) {
        take(at, clauses);
        return true;
      }
    }
    if (isNewline(c)) {
      take(at + 1, clauses);
      return true;
    }
    let end = verbatim(window, at);
    if (end === WAIT) return false;
    if (end !== NO) {
      notePlaces(c);
      pass(end);
      return true;
    }
    end = enclosed(window, at);
    if (end === WAIT) return false;
    if (end !== NO) {
      const ends = borderAfterEnclosed(window, end);
      if (ends === WAIT) return false;
      notePlaces(c);
      pass(end);
      if (ends !== NO && wordy) take(ends, clauses);
      return true;
    }
    if (wordy && marks.has(c)) {
      end = border(window, 0, at, kana);
      if (end === WAIT) return false;
      if (end !== NO) {
        take(end, clauses);
        return true;
      }
    }
    notePlaces(c);
    pass(at + 1);
    return true;
  }

  function fenceBody(length: number): number {
    let index = length;
    while (index < window.points.length && !isNewline(window.points[index] ?? "")) index++;
    return Math.min(index + 1, window.points.length);
  }

  function scan(text: string, ended: boolean): Clause[] {
    const clauses: Clause[] = [];
    // In parts, so that taking a clause off the front moves little of what follows it.
    let count = 0;
    for (const c of text) {
      window.points.push(c);
      if (++count % 1024 === 0) judge(clauses, false);
    }
    judge(clauses, ended);
    if (ended) {
      code = undefined;
      lineStart = true;
    }
    return clauses;
  }

  function judge(clauses: Clause[], ended: boolean): void {
    window.ended = ended;
    for (;;) {
      if (at === 0 && code === undefined) skipSpace();
      if (at >= window.points.length) {
        if (ended && window.points.length > 0) take(window.points.length, clauses);
        else break;
      } else if (width > capWidth) {
        take(cutPlace(window, at, places, widthAt), clauses);
      } else if (!step(clauses)) break;
    }
  }

  return {
    scan,
    settle() {
      const rest = slice(window, at, window.points.length).trimEnd();
      const clauses: Clause[] = [];
      if (
        code === undefined &&
        wordy &&
        rest !== "" &&
        [...rest].every((c, index) => (index === 0 ? sentenceMarks : `${sentenceMarks}”’」』）】》)"'`).includes(c))
      )
        take(window.points.length, clauses);
      return clauses;
    },
  };
}
