import { parseInlines } from "./inline.ts";
import { isTableStart, parseTable } from "./table.ts";
import type { Block, Item, Line } from "./tree.ts";

// Deeper nesting is nobody's intent and costs time.
const maxDepth = 8;

const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*$/;
const heading = /^ {0,3}(#{1,6})(?:[ \t]+|$)/;
const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const quote = /^ {0,3}>[ \t]?/;
const item = /^( {0,3})([-*+•]|\d{1,9}[.)])(?:[ \t]+|$)/;
// The last line of a text that is still being written, when its kind cannot be told yet.
const undecided = /^\s*(?:[-*+•_]{1,2}|#{1,6}|\d{1,9}[.)]|`{1,2}|>)$/;

/**
 * Reads an answer's Markdown: what a language model writes, not all of CommonMark. A line's end is kept as a line's end,
 * and HTML is text. `live` says that the text is still being written and will go on where it ends. Never throws.
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
  const blocks: Block[] = [];
  const read = (index: number) => {
    const line = lines[index];
    return line === undefined ? undefined : source.slice(line.start, line.end);
  };
  const isBlank = (index: number) => read(index)?.trim() === "";
  let at = 0;

  const add = (
    next: number,
    make: (range: { start: number; end: number }, taken: readonly Line[], live: boolean) => Block,
  ) => {
    const taken = lines.slice(at, next);
    const range = { start: (taken[0] as Line).start, end: (taken.at(-1) as Line).end };
    blocks.push(make(range, taken, live && next >= lines.length));
    at = next;
  };

  const startsBlock = (index: number): boolean => {
    const text = read(index) ?? "";
    return [fence, heading, rule, quote].some((pattern) => pattern.test(text)) || isItem(text, depth);
  };

  while (at < lines.length) {
    const text = read(at) as string;
    const opened = fence.exec(text);
    const level = heading.exec(text);
    if (text.trim() === "") at++;
    else if (opened !== null) {
      const mark = opened[1] as string;
      const closes = (index: number) =>
        new RegExp(`^ {0,3}${mark[0]}{${mark.length},}[ \\t]*$`).test(read(index) as string);
      let next = at + 1;
      while (next < lines.length && !closes(next)) next++;
      const closed = next < lines.length;
      add(closed ? next + 1 : next, (range, taken) => ({
        ...range,
        kind: "code",
        language: opened[2] as string,
        lines: taken.slice(1, closed ? -1 : undefined).map(({ start, end }) => ({ kind: "text", start, end })),
      }));
    } else if (level !== null) {
      add(at + 1, (range, _, open) => {
        const closing = /[ \t]+#+[ \t]*$/.exec(text)?.[0].length ?? 0;
        const line = {
          start: range.start + level[0].length,
          end: Math.max(range.start + level[0].length, range.end - closing),
        };
        return {
          ...range,
          kind: "heading",
          level: (level[1] as string).length,
          inlines: parseInlines(source, [line], open),
        };
      });
    } else if (rule.test(text)) add(at + 1, (range) => ({ ...range, kind: "rule" }));
    else if (quote.test(text) && depth < maxDepth) {
      let next = at + 1;
      while (next < lines.length && quote.test(read(next) as string)) next++;
      add(next, (range, taken, open) => {
        const inner = taken.map((line) => strip(source, line, quote));
        return { ...range, kind: "quote", blocks: parseBlocks(source, inner, open, depth + 1) };
      });
    } else if (isItem(text, depth))
      add(listEnd(at), (range, taken, open) => ({ ...range, ...parseList(source, taken, open, depth) }));
    else if (isTableStart(text, read(at + 1), live && at + 2 >= lines.length)) {
      let next = Math.min(at + 2, lines.length);
      while (next < lines.length && read(next)?.includes("|") && !isBlank(next)) next++;
      add(next, (range, taken, open) => ({ ...range, ...parseTable(source, taken, open) }));
    } else {
      let next = at + 1;
      while (next < lines.length && !isBlank(next) && !startsBlock(next)) next++;
      add(next, (range, taken, open) => {
        const trimmed = taken.map((line) => trim(source, line));
        return { ...range, kind: "paragraph", inlines: parseInlines(source, trimmed, open) };
      });
    }
  }
  return blocks;

  // A list goes on over indented lines, further entries of its kind, and blank lines before either.
  function listEnd(from: number): number {
    const kind = markerKind(read(from) as string);
    let end = from + 1;
    for (let next = from + 1; next < lines.length; next++) {
      const text = read(next) as string;
      if (text.trim() === "") continue;
      const belongs =
        /^(?: {2}|\t)/.test(text) ||
        (isItem(text, depth) ? markerKind(text) === kind : end === next && !startsBlock(next));
      if (!belongs || rule.test(text)) break;
      end = next + 1;
    }
    return end;
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
