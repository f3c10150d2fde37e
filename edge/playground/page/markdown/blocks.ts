import { parseInlines } from "./inline.ts";
import { isTableStart, parseTable } from "./table.ts";
import type { Block, Item, Line } from "./tree.ts";

// The maximum depth of nested blocks: models never mean to nest deeper, and parsing deeper nesting costs time.
const maxDepth = 8;

const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*$/;
const heading = /^ {0,3}(#{1,6})(?:[ \t]+|$)/;
const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const quote = /^ {0,3}>[ \t]?/;
const item = /^( {0,3})([-*+•]|\d{1,9}[.)])(?:[ \t]+|$)/;
// Matches the last line of a text still being written if it does not show yet which kind of block it begins: "##".
const undecided = /^\s*(?:[-*+•_]{1,2}|#{1,6}|\d{1,9}[.)]|`{1,2}|>)$/;

/**
 * Parses the Markdown that language models write, a subset of CommonMark. Line breaks are kept, and HTML tags are shown
 * as text. `live` means that the text is still being written and will continue where it ends. Never throws.
 */
export function parseMarkdown(source: string, live: boolean): Block[] {
  const lines: Line[] = [];
  for (let start = 0; start <= source.length; ) {
    const end = source.indexOf("\n", start);
    const to = end === -1 ? source.length : end;
    lines.push({ start, end: source[to - 1] === "\r" ? Math.max(start, to - 1) : to });
    start = to + 1;
  }
  const last = lines.at(-1);
  if (live && last !== undefined && undecided.test(source.slice(last.start, last.end))) lines.pop();
  return parseBlocks(source, lines, live, 0);
}

function parseBlocks(source: string, lines: readonly Line[], live: boolean, depth: number): Block[] {
  return new BlockParser(source, lines, live, depth).parse();
}

type MakeBlock = (range: { start: number; end: number }, taken: readonly Line[], live: boolean) => Block;

/** Goes through the lines in order, and makes one block of each run of lines that belong together. */
class BlockParser {
  readonly #source: string;
  readonly #lines: readonly Line[];
  readonly #live: boolean;
  readonly #depth: number;
  readonly #blocks: Block[] = [];
  #at = 0;

  constructor(source: string, lines: readonly Line[], live: boolean, depth: number) {
    this.#source = source;
    this.#lines = lines;
    this.#live = live;
    this.#depth = depth;
  }

  parse(): Block[] {
    const count = this.#lines.length;
    while (this.#at < count) {
      const text = this.#textOf(this.#at);
      const opened = fence.exec(text);
      const level = heading.exec(text);
      if (text.trim() === "") this.#at++;
      else if (opened !== null) this.#takeCode(opened[1] as string, opened[2] as string);
      else if (level !== null) this.#takeHeading(text, level[0].length, (level[1] as string).length);
      else if (rule.test(text)) this.#take(this.#at + 1, (range) => ({ ...range, kind: "rule" }));
      else if (quote.test(text) && this.#depth < maxDepth) this.#takeQuote();
      else if (isItem(text, this.#depth)) this.#takeList();
      else if (isTableStart(text, this.#read(this.#at + 1), this.#live && this.#at + 2 >= count)) this.#takeTable();
      else this.#takeParagraph();
    }
    return this.#blocks;
  }

  #read(index: number): string | undefined {
    const line = this.#lines[index];
    return line === undefined ? undefined : this.#source.slice(line.start, line.end);
  }

  #textOf(index: number): string {
    return this.#read(index) ?? "";
  }

  #isBlank(index: number): boolean {
    return this.#textOf(index).trim() === "";
  }

  #startsBlock(index: number): boolean {
    const text = this.#textOf(index);
    return [fence, heading, rule, quote].some((pattern) => pattern.test(text)) || isItem(text, this.#depth);
  }

  /** The index of the first line from `from` on for which `belongs` is false, or else the number of lines. */
  #endOf(from: number, belongs: (index: number) => boolean): number {
    let next = from;
    while (next < this.#lines.length && belongs(next)) next++;
    return next;
  }

  /** Makes a block of the lines from the current one up to, but not including, `next`. */
  #take(next: number, make: MakeBlock): void {
    const taken = this.#lines.slice(this.#at, next);
    const range = { start: (taken[0] as Line).start, end: (taken.at(-1) as Line).end };
    this.#blocks.push(make(range, taken, this.#live && next >= this.#lines.length));
    this.#at = next;
  }

  #takeCode(mark: string, language: string): void {
    const closing = new RegExp(`^ {0,3}${mark[0]}{${mark.length},}[ \\t]*$`);
    const end = this.#endOf(this.#at + 1, (index) => !closing.test(this.#textOf(index)));
    const isClosed = end < this.#lines.length;
    this.#take(isClosed ? end + 1 : end, (range, taken) => ({
      ...range,
      kind: "code",
      language,
      lines: taken.slice(1, isClosed ? -1 : undefined).map(({ start, end }) => ({ kind: "text", start, end })),
    }));
  }

  #takeHeading(text: string, opening: number, level: number): void {
    this.#take(this.#at + 1, (range, _, open) => {
      const closing = /[ \t]+#+[ \t]*$/.exec(text)?.[0].length ?? 0;
      const start = range.start + opening;
      const line = { start, end: Math.max(start, range.end - closing) };
      return { ...range, kind: "heading", level, inlines: parseInlines(this.#source, [line], open) };
    });
  }

  #takeQuote(): void {
    const end = this.#endOf(this.#at + 1, (index) => quote.test(this.#textOf(index)));
    this.#take(end, (range, taken, open) => {
      const inner = taken.map((line) => strip(this.#source, line, quote));
      return { ...range, kind: "quote", blocks: parseBlocks(this.#source, inner, open, this.#depth + 1) };
    });
  }

  /** Parses a list: items of the same kind, the indented lines that continue them, and blank lines in between. */
  #takeList(): void {
    const kind = markerKind(this.#textOf(this.#at));
    let end = this.#at + 1;
    for (let next = end; next < this.#lines.length; next++) {
      const text = this.#textOf(next);
      if (text.trim() === "") continue;
      const belongs =
        /^(?: {2}|\t)/.test(text) ||
        (isItem(text, this.#depth) ? markerKind(text) === kind : end === next && !this.#startsBlock(next));
      if (!belongs || rule.test(text)) break;
      end = next + 1;
    }
    this.#take(end, (range, taken, open) => ({ ...range, ...parseList(this.#source, taken, open, this.#depth) }));
  }

  #takeTable(): void {
    const first = Math.min(this.#at + 2, this.#lines.length);
    const end = this.#endOf(first, (index) => this.#textOf(index).includes("|"));
    this.#take(end, (range, taken, open) => ({ ...range, ...parseTable(this.#source, taken, open) }));
  }

  #takeParagraph(): void {
    const end = this.#endOf(this.#at + 1, (index) => !this.#isBlank(index) && !this.#startsBlock(index));
    this.#take(end, (range, taken, open) => {
      const trimmed = taken.map((line) => trim(this.#source, line));
      return { ...range, kind: "paragraph", inlines: parseInlines(this.#source, trimmed, open) };
    });
  }
}

function isItem(text: string, depth: number): boolean {
  return depth < maxDepth && item.test(text) && !rule.test(text);
}

function markerKind(text: string): string {
  const marker = item.exec(text)?.[2] ?? "";
  return /\d/.test(marker) ? marker.slice(-1) : marker;
}

function parseList(source: string, lines: readonly Line[], live: boolean, depth: number) {
  const groups: Line[][] = [];
  let width = 0;
  let first: number | undefined;
  for (const line of lines) {
    const text = source.slice(line.start, line.end);
    const marker = item.exec(text);
    if (marker !== null && isItem(text, depth) && (marker[1] as string).length < Math.max(2, width === 0 ? 4 : 2)) {
      width = Math.min(marker[0].length, (marker[1] as string).length + (marker[2] as string).length + 4);
      if (groups.length === 0 && /\d/.test(marker[2] as string)) first = Number.parseInt(marker[2] as string, 10);
      groups.push([{ start: line.start + marker[0].length, end: line.end }]);
    } else {
      const indent = /^[ \t]*/.exec(text)?.[0].length ?? 0;
      groups.at(-1)?.push({ start: line.start + Math.min(indent, width), end: line.end });
    }
  }
  const items: Item[] = groups.map((group, index) =>
    parseBlocks(source, group, live && index === groups.length - 1, depth + 1),
  );
  return { kind: "list", first, items } as const;
}

function strip(source: string, line: Line, pattern: RegExp): Line {
  const prefix = pattern.exec(source.slice(line.start, line.end))?.[0].length ?? 0;
  return { start: line.start + prefix, end: line.end };
}

function trim(source: string, { start, end }: Line): Line {
  const text = source.slice(start, end);
  return { start: start + text.length - text.trimStart().length, end: end - (text.length - text.trimEnd().length) };
}
