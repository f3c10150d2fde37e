import { cardinal as englishCardinal, year } from "../en/number.ts";
import { mannerOf } from "../language.ts";
import { append, createMapped, type Mapped } from "../mapped.ts";
import { cardinal as chineseCardinal, digits } from "../zh/number.ts";
import { readInline } from "./inline.ts";
import { noticesOf } from "./notices.ts";

/** What earlier clauses have left open, such as a code block: this affects how the next clause is read. */
export interface BlockState {
  /** The opening fence of the code block in which the next clause is; undefined outside code blocks. */
  code: string | undefined;
  /** The header cells of the table in which the next clause is; undefined outside tables. */
  heads: readonly string[] | undefined;
  /** Whether the next clause begins a line. */
  lineStart: boolean;
}

/** A clause after its markup has been removed. */
export interface Plain {
  readonly mapped: Mapped;
  /** "code" if the clause contained code that is not read aloud, but announced or left out; otherwise undefined. */
  readonly omitted: "code" | undefined;
  /** Whether the clause is the end of a line. */
  readonly lineEnds: boolean;
}

/**
 * Languages that write ordinals as digits with a full stop ("2. Etage"). In these languages, digits with a full stop
 * within a line are not the number of a step.
 */
const ordinalsWithStop = /^(?:de|da|no|nb|nn|fi|cs|sk|pl|hr|sl|hu|tr|et|lv)(?:-|$)/;

/** The number of a list item as it is spoken in `language`, with a pause after it. */
function listNumber(n: string, language: string): string {
  const manner = mannerOf(language);
  if (manner === "zh") return `${chineseCardinal(n).replace("两", "二")}，`;
  if (manner === "en") return `${englishCardinal(n)}, `;
  return n + noticesOf(language).afterNumber;
}

const cells = (row: string): { text: string; start: number }[] => {
  const found: { text: string; start: number }[] = [];
  let start = row.startsWith("|") ? 1 : 0;
  for (let index = start; index <= row.length; index++) {
    if (index < row.length && (row[index] !== "|" || row[index - 1] === "\\")) continue;
    if (index < row.length || row.slice(start).trim() !== "") found.push({ text: row.slice(start, index), start });
    start = index + 1;
  }
  return found;
};

/** Whether a line is a table's delimiter row, such as `| --- | :-: |`. */
const isDelimiter = (line: string): boolean => {
  const [first = "", ...others] = line.trim().replace(/^\|/, "").split("|");
  return /^\s*:?-+:?\s*$/.test(first) && others.every((cell) => /^\s*:?-*:?\s*$/.test(cell));
};

/** Removes block markup from a clause: fences, tables, headings, quotations, lists, rules. */
export function readBlock(text: string, offset: number, language: string, state: BlockState): Plain {
  const mapped = createMapped();
  const lineEnds = /[\n\r]$/.test(text);
  const result = (omitted?: "code"): Plain => ({ mapped, omitted, lineEnds });
  const at = codePointIndex(text, offset);
  const lineStart = state.lineStart;
  state.lineStart = lineEnds;

  const fence = /^\s*(`{3,}|~{3,})[^`\n]*(?:\n|$)/.exec(text);
  if (state.code !== undefined || (fence !== null && (lineStart || text.startsWith("`")))) {
    const open = state.code ?? fence?.[1] ?? "";
    const body = state.code === undefined ? text.slice(fence?.[0].length ?? 0) : text;
    const closes = new RegExp(`(?:^|\\n)[ \\t]*${open[0]}{${open.length},}[ \\t]*\\n?$`).test(body);
    if (state.code === undefined) append(mapped, noticesOf(language).code, offset, at(text.length));
    state.code = closes ? undefined : open;
    return result("code");
  }

  const [first = "", second] = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
  if (lineStart && second !== undefined && isDelimiter(second) && first.includes("|")) {
    state.heads = cells(first.trim()).map((cell) => plainCell(cell.text, language));
    return result();
  }
  if (lineStart && first.trimStart().startsWith("|")) {
    if (isDelimiter(first)) return result();
    readRow(text, language, state.heads, mapped, at);
    return result();
  }
  if (lineStart) state.heads = undefined;

  let start = 0;
  if (lineStart) {
    if (/^\s*(?:(?:[-*_=]\s*){3,}|=+|-{2,})\s*$/.test(text)) return result();
    if (/^\s*\[[^\]^]+\]:\s*\S+\s*(?:"[^"]*")?\s*$/.test(text)) return result();
    const skip = (pattern: RegExp): RegExpExecArray | null => {
      const match = pattern.exec(text.slice(start));
      if (match !== null) start += match[0].length;
      return match;
    };
    skip(/^\s+/);
    skip(/^(?:>(?![\d=$¥￥.])\s?)+/);
    if (skip(/^#{1,6}(?:\s+|(?=[一-鿿])|$)/) === null && skip(/^(?:[-*+•·▪◦‣●○■]\s+|[•▪◦‣●■])/) !== null) {
      const box = skip(/^\[([ xX])\]\s+/);
      if (box !== null)
        append(mapped, noticesOf(language)[box[1] === " " ? "open" : "done"], at(start - box[0].length), at(start));
    }
    const from = start;
    const item = skip(/^[(（]?((?!0\d)\d{1,3})(?:[.．)）、](?=\s|[^\d\s.)）,，:：])|[)）、](?=$)|[.．)）、]\s+)\s*/);
    if (item !== null && !/^[(（]?\d{1,3}[)）、.]\s*[-+×=]/.test(text.slice(from)))
      append(mapped, listNumber(item[1] ?? "", language), at(from), at(start));
    else start = from;
  }
  // A numbered step may follow another one on the same line: 1.打开设置；2.重启。
  const step =
    lineStart || ordinalsWithStop.test(language) ? null : /^(\d{1,2})[.．]\s?(?=[一-鿿]|[A-Z][a-z])/.exec(text);
  if (step !== null) {
    append(mapped, listNumber(step[1] ?? "", language), at(0), at(step[0].length));
    start = step[0].length;
  }
  let stop = text.length;
  const trailing = lineStart ? /\s#+\s*$/.exec(text) : null;
  if (trailing !== null && text.trimStart().startsWith("#")) stop = trailing.index;
  readInline(text, start, stop, language, mapped, at);
  return result();
}

function plainCell(text: string, language: string): string {
  const mapped = createMapped();
  readInline(text, 0, text.length, language, mapped, () => 0);
  return mapped.text.trim();
}

/** Reads a table row as a sentence: its first cell, and then each other cell after the header of the cell's column. */
function readRow(
  text: string,
  language: string,
  heads: readonly string[] | undefined,
  mapped: Mapped,
  at: (unit: number) => number,
): void {
  const manner = mannerOf(language);
  const indent = text.length - text.trimStart().length;
  const pause = manner === "en" ? ", " : manner === "zh" ? "，" : ", ";
  const gap = manner === "zh" ? "" : " ";
  let said = 0;
  for (const [index, cell] of cells(text.trim()).entries()) {
    if (cell.text.trim() === "" || /^\s*[-—–]+\s*$/.test(cell.text)) continue;
    const start = indent + cell.start;
    if (said > 0) append(mapped, pause, at(start), at(start));
    const head = heads?.[index] ?? "";
    if (index > 0 && head !== "") append(mapped, head + gap, at(start), at(start + cell.text.length));
    const written = cell.text.trim();
    said++;
    if ((manner === "en" || manner === "zh") && /^\d{4}$/.test(written) && /^(?:years?|年份?|年度)$/i.test(head)) {
      append(mapped, manner === "en" ? year(written) : digits(written), at(start), at(start + cell.text.length));
      continue;
    }
    readInline(text, start, start + cell.text.length, language, mapped, at);
  }
}

/** Returns a function that converts UTF-16 offsets in a clause to code-point positions in the whole text. */
export function codePointIndex(text: string, offset: number): (unit: number) => number {
  if (!/[\ud800-\udfff]/.test(text)) return (unit) => offset + unit;
  const points: number[] = [];
  let count = offset;
  for (const c of text) {
    points.push(count);
    if (c.length === 2) points.push(count);
    count++;
  }
  points.push(count);
  return (unit) => points[unit] ?? count;
}
