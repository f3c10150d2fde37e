import { capWidth, cutPlace } from "./cap.ts";
import type { Clause, OpenClause } from "./clause.ts";
import { enclosed } from "./constructs/enclosed.ts";
import { type CodeBlock, codeBlock, fence, lineMark, openCodeBlock, tableRow } from "./constructs/lines.ts";
import { verbatim } from "./constructs/verbatim.ts";
import { sentenceMarks } from "./marks/absorb.ts";
import { borderAfterEnclosed } from "./marks/after-enclosed.ts";
import { border, endsAnyway, marks } from "./marks/border.ts";
import { Passed } from "./passed.ts";
import { createBorders } from "./soft/borders.ts";
import { isNewline, isSpace } from "./window/characters.ts";
import { type Absent, addPoints, NO, type Pairing, slice, type Unemphatic, WAIT } from "./window/window.ts";

/*
 * Text arrives in arbitrary pieces. A clause is passed on as soon as its end is certain, and the clauses must be the
 * same however the text was split. So the scanner never decides about a character before it knows what the decision
 * depends on: each rule that looks ahead returns a position, NO, or WAIT for more text. After a WAIT nothing has
 * changed, so the same character is judged again when more text has arrived. At the end of the text nothing waits: a
 * rule learns that from the window (`ended`).
 *
 * The window holds the open clause and what follows it, one string for each code point; when a clause ends, its
 * characters are removed from the front. `Passed` describes the characters before the one that is judged, which is at
 * `passed.at`. Rules are tried in this order, 2 to 4 only at a character that may mean something (`watched`):
 *
 * 1. at a clause's start: a code block, a table row, the mark of a list item;
 * 2. a newline, or a fence within a line, which end the clause;
 * 3. what is kept whole: code, links, addresses, tags, formulas (`verbatim`), then quotes and brackets (`enclosed`);
 * 4. a punctuation mark (`marks/border.ts`), which ends the clause if the clause contains anything that is spoken.
 *
 * A clause that grows beyond `capWidth` is cut where that does least harm. In addition, `soft/borders.ts` looks for
 * places where a clause may be divided, only in text that the scanner has passed.
 *
 * What can go wrong: a rule that returns NO where it should WAIT makes borders depend on how the text was split (tests
 * against the model in `oracle/` detect that); one that looks ahead without bound takes quadratic time, so the results
 * of long searches are remembered in the window.
 */

/** Reads text by code point and yields clauses as soon as their end is certain. */
export interface Scanner {
  /** Processes more text; `ended` means that nothing follows for now and all pending text must be returned. */
  scan(text: string, ended: boolean): Clause[];
  /** See `Segmenter.settle`. */
  settle(): Clause[];
  /** The clause that is still being written; undefined between clauses and in a code block. */
  readonly open: OpenClause | undefined;
}

/** How many characters are processed at once, so that removing a clause from the front moves little text. */
const part = 256;

/** Characters at which a construct such as a quotation may open or a clause may end; all others are skipped. */
const watched = new Uint8Array(0x10000);
const openers = "`$\\<&!hHwWfFm*_~'‘\"＂[({“「『《〈【〔（«‹";
for (const c of [...openers, ...marks, ..."\n\r\u2028\u2029"]) watched[c.charCodeAt(0)] = 1;
const closers = `${sentenceMarks}”’」』）】》)"'\``;

/** Creates a scanner for one text. */
export const createScanner = (): Scanner => new TextScanner();

/**
 * The result of a step: true if the scanner has advanced, false if more text is needed, undefined if the rule does not
 * apply.
 */
type Step = boolean | undefined;

class TextScanner implements Scanner {
  /** The text from the start of the unfinished clause; its first character is `points[0]`. */
  readonly #window = {
    points: [] as string[],
    offset: 0,
    ended: false,
    absent: new Map<string, Absent>(),
    pairs: new Map<string, Pairing>(),
    unemphatic: new Map<string, Unemphatic>(),
  };
  readonly #borders = createBorders();
  #passed = new Passed();
  #lineStart = true;
  #code: CodeBlock | undefined;
  /** The clauses that have ended but have not been returned yet. */
  #clauses: Clause[] = [];

  scan(text: string, ended: boolean): Clause[] {
    for (let index = 0; index < text.length; ) {
      index = addPoints(this.#window.points, text, index, part);
      if (index < text.length) this.#judge(false);
    }
    this.#judge(ended);
    if (ended) {
      this.#code = undefined;
      this.#lineStart = true;
    }
    return this.#handOn();
  }

  settle(): Clause[] {
    const { points } = this.#window;
    const rest = slice(this.#window, this.#passed.at, points.length).trimEnd();
    const ends = rest !== "" && sentenceMarks.includes(rest[0] ?? "") && [...rest].every((c) => closers.includes(c));
    if (this.#code === undefined && this.#passed.wordy && ends) this.#take(points.length);
    return this.#handOn();
  }

  get open(): OpenClause | undefined {
    const { points, offset } = this.#window;
    if (this.#code !== undefined || points.length === 0) return undefined;
    const { at, wordy, kana } = this.#passed;
    return {
      start: offset,
      text: slice(this.#window, 0, points.length),
      borders: this.#borders.within(this.#window, points.length),
      mark: wordy && endsAnyway(this.#window, at, kana) ? slice(this.#window, 0, at + 1).length : undefined,
    };
  }

  #handOn(): Clause[] {
    const clauses = this.#clauses;
    this.#clauses = [];
    return clauses;
  }

  /** Judges the characters in the window, until all are judged or more text is needed. */
  #judge(ended: boolean): void {
    const window = this.#window;
    window.ended = ended;
    for (;;) {
      if (this.#passed.at === 0 && this.#code === undefined) this.#skipSpace();
      const { at, width, whole } = this.#passed;
      this.#borders.advance(window, at);
      if (at >= window.points.length) {
        if (!ended || at === 0) return;
        this.#take(at);
      } else if (width > capWidth) this.#take(cutPlace(window, at, whole));
      else if (!this.#step()) return;
    }
  }

  /** Skips white space before a clause. */
  #skipSpace(): void {
    const window = this.#window;
    let count = 0;
    for (const c of window.points) {
      if (!isSpace(c)) break;
      if (isNewline(c)) this.#lineStart = true;
      count++;
    }
    if (count > 0) window.points.splice(0, count);
    window.offset += count;
    this.#borders.end(window.offset);
  }

  /** Makes a clause of the text before `place`, but of at least one character, so that the scanner always advances. */
  #take(place: number): true {
    const window = this.#window;
    const end = Math.max(place, 1);
    this.#clauses.push({
      text: slice(window, 0, end),
      start: window.offset,
      end: window.offset + end,
      borders: this.#borders.within(window, end),
    });
    this.#borders.end(window.offset + end);
    this.#lineStart = isNewline(window.points[end - 1] ?? "");
    window.points.splice(0, end);
    window.offset += end;
    this.#passed = new Passed();
    return true;
  }

  /** Moves past a construct that ends at `close` and must not be divided, by at least one character. */
  #keep(close: number, isHeard = true): true {
    const passed = this.#passed;
    const end = Math.max(close, passed.at + 1);
    passed.whole.push(passed.at, end);
    passed.pass(this.#window, end, isHeard);
    this.#borders.skip(this.#window, end, isHeard);
    return true;
  }

  /** Handles the next character: passes over it, ends the clause, or returns false to wait for more text. */
  #step(): boolean {
    const passed = this.#passed;
    const c = this.#window.points[passed.at] ?? "";
    if (passed.at === 0) {
      const begun = this.#begin(c);
      if (begun !== undefined) return begun;
    }
    if (watched[c.charCodeAt(0)] === 1) {
      if (isNewline(c)) return this.#take(passed.at + 1);
      const stepped = this.#endAtFence(c) ?? this.#keepVerbatim(c) ?? this.#keepEnclosed() ?? this.#endAtMark(c);
      if (stepped !== undefined) return stepped;
    }
    passed.pass(this.#window, passed.at + 1);
    return true;
  }

  /** Handles what can begin only at a clause's start: a code block, a table row, the number or dash of a list item. */
  #begin(c: string): Step {
    const opened = this.#openCode(c);
    if (opened !== undefined) return opened;
    if (!this.#lineStart) return undefined;
    const row = c === "|" ? tableRow(this.#window, 0) : NO;
    if (row === WAIT) return false;
    if (row !== NO) return this.#take(row);
    const end = lineMark(this.#window, 0);
    if (end === WAIT) return false;
    if (end === NO) return undefined;
    this.#passed.pass(this.#window, end);
    this.#borders.skip(this.#window, end, false);
    // The number of a list item alone must not become a clause.
    this.#passed.wordy = false;
    return true;
  }

  /** Continues the open code block, or one that opens here. The part that may be passed on becomes a clause. */
  #openCode(c: string): Step {
    if (this.#code === undefined && (c === "`" || (this.#lineStart && c === "~"))) {
      const length = fence(this.#window, 0);
      if (length === WAIT) return false;
      if (length !== NO) this.#code = openCodeBlock(this.#window, c, length);
    }
    if (this.#code === undefined) return undefined;
    const block = codeBlock(this.#window, this.#code);
    if (block.end === WAIT) return false;
    if (block.closed) this.#code = undefined;
    return this.#take(block.end);
  }

  /** A code block that begins within a line ends the clause before it. */
  #endAtFence(c: string): Step {
    const { at } = this.#passed;
    if (c !== "`" || at === 0 || this.#window.points[at - 1] === "`") return undefined;
    const length = fence(this.#window, at);
    if (length === WAIT) return false;
    return length === NO ? undefined : this.#take(at);
  }

  /** Keeps code, a link, an address, a tag or a formula whole. */
  #keepVerbatim(c: string): Step {
    const { at } = this.#passed;
    const end = verbatim(this.#window, at);
    if (end === WAIT) return false;
    if (end === NO) return undefined;
    const isTag = c === "<" && !/[:@]/.test(slice(this.#window, at, end));
    return this.#keep(end, !isTag);
  }

  /** Keeps what is in quotes or brackets whole; the clause ends with it if it is a whole sentence. */
  #keepEnclosed(): Step {
    const { at, solid } = this.#passed;
    const end = enclosed(this.#window, at);
    if (end === WAIT) return false;
    if (end === NO) return undefined;
    const ends = borderAfterEnclosed(this.#window, at, end, solid);
    if (ends === WAIT) return false;
    this.#keep(end);
    return ends !== NO && this.#passed.wordy ? this.#take(ends) : true;
  }

  /** Ends the clause at the punctuation mark `c`, if the clause contains anything that is spoken. */
  #endAtMark(c: string): Step {
    const { at, wordy, kana } = this.#passed;
    if (!wordy || !marks.has(c)) return undefined;
    const end = border(this.#window, 0, at, kana);
    if (end === WAIT) return false;
    return end === NO ? undefined : this.#take(end);
  }
}
