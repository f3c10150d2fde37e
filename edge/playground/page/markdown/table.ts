import { parseInlines } from "./inline.ts";
import type { Align, Line } from "./tree.ts";

const delimiter = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const unfinishedDelimiter = /^[ \t]*\|?[ \t|:-]*$/;

/** Whether a table begins with this line; `live` means that `next` may still become the table's delimiter row. */
export function isTableStart(line: string, next: string | undefined, live: boolean): boolean {
  if (!line.includes("|")) return false;
  if (next?.includes("|") && delimiter.test(next)) return true;
  return live && /^[ \t]*\|/.test(line) && unfinishedDelimiter.test(next ?? "");
}

/** Parses a table: head, delimiter row (if written yet) and body. `live`: more text may follow the last line. */
export function parseTable(source: string, lines: readonly Line[], live: boolean) {
  const align = cells(source, lines[1] ?? { start: 0, end: 0 }).map((cell) =>
    alignOf(source.slice(cell.start, cell.end)),
  );
  const rows = lines
    .filter((_, index) => index !== 1)
    .map((line, row, all) => {
      const open = live && row === all.length - 1;
      return cells(source, line).map((cell) => parseInlines(source, [cell], open && cell.end === line.end));
    });
  return { kind: "table", align, rows } as const;
}

function cells(source: string, { start, end }: Line): Line[] {
  const found: Line[] = [];
  let from = start;
  const take = (to: number) => {
    const text = source.slice(from, to);
    const left = text.length - text.trimStart().length;
    const right = text.trimEnd().length;
    found.push({ start: from + Math.min(left, right), end: from + right });
    from = to + 1;
  };
  for (let at = start; at < end; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "|") take(at);
  }
  if (from < end) take(end);
  // A bar before the first cell or after the last one is an outer border: the empty cell beyond it is dropped.
  if (/^[ \t]*\|/.test(source.slice(start, end))) found.shift();
  return found.at(-1)?.start === found.at(-1)?.end && found.at(-1)?.end === end ? found.slice(0, -1) : found;
}

function alignOf(cell: string): Align {
  if (cell.endsWith(":")) return cell.startsWith(":") ? "center" : "right";
  return cell.startsWith(":") ? "left" : undefined;
}
