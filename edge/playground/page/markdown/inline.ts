import { canOpen, closingOf, codeAt, isWord, runAt } from "./marks.ts";
import type { Inline, Line } from "./tree.ts";

// The maximum depth of nested markup: models never mean to nest deeper, and parsing deeper nesting costs time.
const maxDepth = 6;

// Longer marks come first, so that `**` is not read as two `*`.
const marks = [
  ["***", "strong"],
  ["**", "strong"],
  ["__", "strong"],
  ["~~", "strike"],
  ["*", "emphasis"],
  ["_", "emphasis"],
] as const;

// The lengths are bounded, so that a long row of brackets is not scanned to its end from each bracket.
const link = /!?\[((?:\\.|[^\]\\\n]){0,300})\]\(\s*<?((?:[^\s()<>]|\([^\s()]*\)){0,2000})>?(?:\s+"[^"\n]*")?\s*\)/uy;
const unfinishedLink = /!?\[((?:\\.|[^\]\\\n]){0,300})(?:\](?:\([^)\n]*)?)?$/uy;
const address = /<?(https?:\/\/[^\s<>"'`|，。；：！？、（）《》「」【】]+)>?/uy;
const afterAddress = /[.,;:!?)\]*_~]+$/u;
const escaped = /\\[!-/:-@[-`{-~]/y;

/** A range of text to parse. */
interface Stretch {
  /** The source text up to the end of the range's line. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Whether this is the end of an answer still being written: unclosed markup is then shown as if closed. */
  readonly live: boolean;
  readonly depth: number;
}

/** Parsed markup: the inline elements it becomes, and the position after it. */
interface Found {
  readonly inlines: readonly Inline[];
  readonly after: number;
}

type Reader = (stretch: Stretch, at: number, without: Set<string>) => Found | undefined;

/**
 * Parses the inline markup of a paragraph, a cell or a heading; `live` means that its last line is still being written.
 */
export function parseInlines(source: string, lines: readonly Line[], live: boolean): Inline[] {
  return lines.flatMap(({ start, end }, index) => {
    const text = source.slice(0, end);
    const inlines = parse({ text, from: start, to: end, live: live && index === lines.length - 1, depth: 0 });
    return index > 0 ? [{ kind: "break" }, ...inlines] : inlines;
  });
}

const readers: Readonly<Record<string, Reader>> = {
  "\\": readEscape,
  "`": readCode,
  "[": readLink,
  "!": readLink,
  "<": readAddress,
  h: readAddress,
  "*": readMark,
  _: readMark,
  "~": readMark,
};

function parse(stretch: Stretch): Inline[] {
  const { text, from, to } = stretch;
  const found: Inline[] = [];
  const without = new Set<string>();
  let plain = from;
  let at = from;
  while (at < to) {
    const character = text[at] as string;
    const markup = readers[character]?.(stretch, at, without);
    if (markup !== undefined) {
      if (plain < at) found.push({ kind: "text", start: plain, end: at });
      found.push(...markup.inlines);
      plain = markup.after;
      at = markup.after;
    }
    // A `*`, `_`, `~` or backtick that opens no markup is plain text, and so are its immediate repetitions.
    else at += "`*_~".includes(character) ? runAt(text, at, to) : 1;
  }
  if (plain < to) found.push({ kind: "text", start: plain, end: to });
  return found;
}

function readEscape({ text, to }: Stretch, at: number): Found | undefined {
  escaped.lastIndex = at;
  if (at + 2 > to || !escaped.test(text)) return undefined;
  return { inlines: [{ kind: "text", start: at + 1, end: at + 2 }], after: at + 2 };
}

function readCode({ text, to, live }: Stretch, at: number, without: Set<string>): Found | undefined {
  const code = codeAt(text, at, to, without);
  if (code !== undefined) return { inlines: [{ kind: "code", start: code.from, end: code.to }], after: code.after };
  if (!live) return undefined;
  return { inlines: [{ kind: "code", start: at + runAt(text, at, to), end: to }], after: to };
}

function readLink(stretch: Stretch, at: number): Found | undefined {
  const { text, to, live, depth } = stretch;
  const whole = match(link, text, at, to);
  const found = whole ?? (live ? match(unfinishedLink, text, at, to) : undefined);
  if (found === undefined || depth >= maxDepth) return undefined;
  const from = at + found[0].indexOf("[") + 1;
  const label = from + (found[1] as string).length;
  const children = parse({ ...stretch, from, to: label, live: false, depth: depth + 1 });
  const href = whole?.[2] ?? "";
  const isSafe = /^(?:https?:\/\/|mailto:)/i.test(href);
  return { inlines: isSafe ? [{ kind: "link", href, children }] : children, after: at + found[0].length };
}

function readAddress({ text, to }: Stretch, at: number): Found | undefined {
  const found = isWord(text[at - 1]) ? undefined : match(address, text, at, to);
  if (found === undefined) return undefined;
  const isEnclosed = found[0].startsWith("<") && found[0].endsWith(">");
  const href = (found[1] as string).replace(afterAddress, "");
  const start = at + found[0].indexOf("h");
  const end = start + href.length;
  const after = isEnclosed ? at + found[0].length : end;
  return { inlines: [{ kind: "link", href, children: [{ kind: "text", start, end }] }], after };
}

function readMark(stretch: Stretch, at: number, without: Set<string>): Found | undefined {
  const { text, to, live, depth } = stretch;
  const [mark, kind] = marks.find(([sign]) => text.startsWith(sign, at)) ?? [];
  if (mark === undefined || depth >= maxDepth) return undefined;
  const from = at + mark.length;
  // The text ends right after this opening mark, and its content is still to be written: nothing is shown yet.
  if (live && from >= to) return { inlines: [], after: to };
  if (!canOpen(mark, text, from, to)) return undefined;
  const wrap = (children: readonly Inline[]): Inline[] =>
    mark === "***" ? [{ kind: "strong", children: [{ kind: "emphasis", children }] }] : [{ kind, children }];
  const close = closingOf(mark, text, from, to, without);
  if (close !== undefined) {
    const children = parse({ ...stretch, from, to: close, live: false, depth: depth + 1 });
    return { inlines: wrap(children), after: close + mark.length };
  }
  // A single `*` may be a literal character, so an unclosed mark counts as markup only if it has several characters.
  if (!live || mark.length === 1) return undefined;
  return { inlines: wrap(parse({ ...stretch, from, depth: depth + 1 })), after: to };
}

function match(pattern: RegExp, text: string, at: number, to: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found !== null && pattern.lastIndex <= to ? found : undefined;
}
