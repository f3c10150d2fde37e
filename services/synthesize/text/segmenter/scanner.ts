import { capWidth, cutPlace } from "./cap.ts";
import type { Clause, OpenClause } from "./clause.ts";
import { enclosed } from "./constructs/enclosed.ts";
import { type CodeBlock, codeBlock, fence, lineMark, openCodeBlock, tableRow } from "./constructs/lines.ts";
import { verbatim } from "./constructs/verbatim.ts";
import { sentenceMarks } from "./marks/absorb.ts";
import { borderAfterEnclosed } from "./marks/after-enclosed.ts";
import { border, endsAnyway, marks } from "./marks/border.ts";
import { createBorders } from "./soft/borders.ts";
import { isNewline, isSpace, trait, traits } from "./window/characters.ts";
import { type Absent, addPoints, NO, type Pairing, slice, type Unemphatic, WAIT } from "./window/window.ts";

/** Reads text by code point and yields clauses as soon as their end is certain. */
export interface Scanner {
  /** Takes more text; `ended` says that nothing follows it for now and all pending text is to be returned. */
  scan(text: string, ended: boolean): Clause[];
  /** See `Segmenter.settle`. */
  settle(): Clause[];
  /** See `Segmenter.open`. */
  readonly open: OpenClause | undefined;
}

/** How many characters are taken at once: taking a clause off the front moves little of what follows it. */
const part = 256;

/** Characters at which something may open or a clause may end; all others are passed over. */
const watched = new Uint8Array(0x10000);
const openers = "`$\\<&!hHwWfFm*_~'‘\"＂[({“「『《〈【〔（«‹";
for (const c of [...openers, ...marks, ..."\n\r\u2028\u2029"]) watched[c.charCodeAt(0)] = 1;
const closers = `${sentenceMarks}”’」』）】》)"'\``;

/** A scanner for one text. */
export function createScanner(): Scanner {
  /** The open clause and what follows it; its first character is `points[0]`. */
  const window = {
    points: [] as string[],
    offset: 0,
    ended: false,
    absent: new Map<string, Absent>(),
    pairs: new Map<string, Pairing>(),
    unemphatic: new Map<string, Unemphatic>(),
  };
  /** The character of `points` that is judged next; what is known of those before it stands below. */
  let at = 0;
  let width = 0;
  let kana = false;
  let wordy = false;
  /** The last place that holds no mark which may close something. */
  let solid = 0;
  /** Constructs that are not cut, as starts and ends in turn. */
  let whole: number[] = [];
  let lineStart = true;
  let code: CodeBlock | undefined;
  const borders = createBorders();

  /** The text up to `end` of the window as a clause. */
  const clauseTo = (end: number): Clause => ({
    text: slice(window, 0, end),
    start: window.offset,
    end: window.offset + end,
    borders: borders.within(window, end),
  });

  /** Ends the clause before `place`. It holds at least one character, so that every clause moves the scanner on. */
  function take(place: number, clauses: Clause[]): void {
    const end = Math.max(place, 1);
    clauses.push(clauseTo(end));
    borders.end(window.offset + end);
    lineStart = isNewline(window.points[end - 1] ?? "");
    window.points.splice(0, end);
    window.offset += end;
    at = 0;
    width = 0;
    kana = false;
    wordy = false;
    solid = 0;
    whole = [];
  }

  /** Leaves out white space before a clause. */
  function skipSpace(): void {
    let count = 0;
    for (const c of window.points) {
      if (!isSpace(c)) break;
      if (isNewline(c)) lineStart = true;
      count++;
    }
    if (count > 0) window.points.splice(0, count);
    window.offset += count;
    borders.end(window.offset);
  }

  /** Passes over `[at, end)`; a tag, which nobody hears, has no width. */
  function pass(end: number, unheard = false): void {
    for (; at < end; at++) {
      const bits = traits(window.points[at] ?? "");
      if (!unheard) width += bits & trait.wide ? 2 : 1;
      if (bits & trait.kana) kana = true;
      if (!(bits & trait.trailing)) solid = at;
      if (bits & trait.word && !unheard) wordy = true;
    }
  }

  /** Passes over a construct, and so over one character at least. */
  function keep(close: number, unheard = false): true {
    const end = Math.max(close, at + 1);
    whole.push(at, end);
    pass(end, unheard);
    borders.skip(window, end, !unheard);
    return true;
  }

  /** Judges what only a clause's first character can begin: code blocks, table rows, marks of lists. False to wait, undefined for none of them. */
  function begin(c: string, clauses: Clause[]): boolean | undefined {
    if (code === undefined && (c === "`" || (lineStart && c === "~"))) {
      const length = fence(window, 0);
      if (length === WAIT) return false;
      if (length !== NO) code = openCodeBlock(window, c, length);
    }
    if (code !== undefined) {
      const block = codeBlock(window, code);
      if (block.end === WAIT) return false;
      code = block.closed ? undefined : code;
      take(block.end, clauses);
      return true;
    }
    if (!lineStart) return undefined;
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
    if (end === NO) return undefined;
    pass(end);
    borders.skip(window, end, false);
    // The number of a list's item is no clause by itself.
    wordy = false;
    return true;
  }

  /** Judges the character at `at`: passes over it, ends the clause, or returns false to wait for more text. */
  function step(clauses: Clause[]): boolean {
    const c = window.points[at] ?? "";
    if (at === 0) {
      const begun = begin(c, clauses);
      if (begun !== undefined) return begun;
    }
    if (watched[c.charCodeAt(0)] === 0) {
      pass(at + 1);
      return true;
    }
    if (isNewline(c)) {
      take(at + 1, clauses);
      return true;
    }
    if (c === "`" && at > 0 && window.points[at - 1] !== "`") {
      // A code block that begins within a line ends the clause before it.
      const length = fence(window, at);
      if (length === WAIT) return false;
      if (length !== NO) {
        take(at, clauses);
        return true;
      }
    }
    let end = verbatim(window, at);
    if (end === WAIT) return false;
    if (end !== NO) return keep(end, c === "<" && !/[:@]/.test(slice(window, at, end)));
    end = enclosed(window, at);
    if (end === WAIT) return false;
    if (end !== NO) {
      const ends = borderAfterEnclosed(window, at, end, solid);
      if (ends === WAIT) return false;
      keep(end);
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
    pass(at + 1);
    return true;
  }

  function judge(clauses: Clause[], ended: boolean): void {
    window.ended = ended;
    for (;;) {
      if (at === 0 && code === undefined) skipSpace();
      borders.advance(window, at);
      if (at >= window.points.length) {
        if (!ended || at === 0) return;
        take(at, clauses);
      } else if (width > capWidth) take(cutPlace(window, at, whole), clauses);
      else if (!step(clauses)) return;
    }
  }

  return {
    scan(text, ended) {
      const clauses: Clause[] = [];
      for (let index = 0; index < text.length; ) {
        index = addPoints(window.points, text, index, part);
        if (index < text.length) judge(clauses, false);
      }
      judge(clauses, ended);
      if (ended) {
        code = undefined;
        lineStart = true;
      }
      return clauses;
    },
    settle() {
      const clauses: Clause[] = [];
      const rest = slice(window, at, window.points.length).trimEnd();
      const ends = rest !== "" && sentenceMarks.includes(rest[0] ?? "") && [...rest].every((c) => closers.includes(c));
      if (code === undefined && wordy && ends) take(window.points.length, clauses);
      return clauses;
    },
    get open() {
      if (code !== undefined || window.points.length === 0) return undefined;
      const end = window.points.length;
      return {
        start: window.offset,
        text: slice(window, 0, end),
        borders: borders.within(window, end),
        mark: wordy && endsAnyway(window, at, kana) ? slice(window, 0, at + 1).length : undefined,
      };
    },
  };
}
