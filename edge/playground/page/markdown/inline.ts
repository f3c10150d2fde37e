import type { Inline, Line } from "./tree.ts";

// Deeper nesting is nobody's intent and costs time.
const maxDepth = 6;

const marks = [
  ["***", "strong"],
  ["**", "strong"],
  ["__", "strong"],
  ["~~", "strike"],
  ["*", "emphasis"],
  ["_", "emphasis"],
] as const;

const link = /!?\[((?:\\.|[^\]\\\n])*)\]\(\s*<?((?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+"[^"\n]*")?\s*\)/uy;
const unfinishedLink = /!?\[((?:\\.|[^\]\\\n])*)(?:\](?:\([^)\n]*)?)?$/uy;
const address = /<?(https?:\/\/[^\s<>"'`|，。；：！？、（）《》「」【】]+)>?/uy;
const blank = /\s/u;
const wordCharacter = /[\p{L}\p{N}]/u;

/**
 * Reads the markup inside a paragraph, a cell or a heading. `live` says that the text is still being written and ends
 * here: what was opened and not yet closed is shown as if it were closed.
 */
export function parseInlines(source: string, lines: readonly Line[], live: boolean): Inline[] {
  const inlines: Inline[] = [];
  for (const [index, line] of lines.entries()) {
    if (index > 0) inlines.push({ kind: "break" });
    inlines.push(...parseLine(source, line, live && index === lines.length - 1));
  }
  return inlines;
}

function parseLine(source: string, { start, end }: Line, live: boolean): Inline[] {
  const text = source.slice(0, end);

  // `without` holds the marks whose partner was sought in vain in this range: sought once, hostile text stays linear.
  const closing = (mark: string, from: number, limit: number, without: Set<string>): number => {
    if (without.has(mark)) return -1;
    const character = mark[0] as string;
    for (let at = from; at < limit; at++) {
      if (text[at] === "\\") at++;
      else if (text[at] === "`") at = codeEnd(at, limit, without)?.after ?? at;
      else if (text[at] === character) {
        let run = 1;
        while (text[at + run] === character && at + run < limit) run++;
        const fits = run === mark.length || (run > mark.length && run !== 2 * mark.length);
        const place = at + run - mark.length;
        const closes = !blank.test(text[at - 1] ?? " ") && !(character === "_" && isWord(text[at + run]));
        if (fits && closes && place > from) return place;
        at += run - 1;
      }
    }
    without.add(mark);
    return -1;
  };

  const codeEnd = (at: number, limit: number, without: Set<string>) => {
    let run = 1;
    while (text[at + run] === "`") run++;
    const ticks = "`".repeat(run);
    const from = at + run;
    if (without.has(ticks)) return undefined;
    for (let to = text.indexOf(ticks, from); to !== -1 && to < limit; to = text.indexOf(ticks, to)) {
      let length = run;
      while (text[to + length] === "`") length++;
      if (length === run) return { from, to, after: to + run - 1 };
      to += length;
    }
    without.add(ticks);
    return undefined;
  };

  const parse = (from: number, to: number, depth: number): Inline[] => {
    const found: Inline[] = [];
    const without = new Set<string>();
    let plain = from;
    let at = from;
    const take = (next: number, ...inlines: Inline[]) => {
      if (plain < at) found.push({ kind: "text", start: plain, end: at });
      found.push(...inlines);
      at = next;
      plain = next;
    };
    const match = (pattern: RegExp) => {
      pattern.lastIndex = at;
      const result = pattern.exec(text);
      return result !== null && pattern.lastIndex <= to ? result : null;
    };
    while (at < to) {
      const character = text[at] as string;
      if (character === "\\" && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "") && at + 1 < to) {
        take(at + 1);
        at++;
      } else if (character === "`") {
        const code = codeEnd(at, to, without);
        const opened = /^`+/.exec(text.slice(at, to))?.[0].length ?? 1;
        if (code !== undefined) take(code.after + 1, { kind: "code", start: code.from, end: code.to });
        else if (live && to === end) take(to, { kind: "code", start: at + opened, end: to });
        else at += opened;
      } else if (character === "[" || (character === "!" && text[at + 1] === "[")) {
        const whole = match(link);
        const partial = whole === null && live && to === end ? match(unfinishedLink) : null;
        const result = whole ?? partial;
        if (result === null) at++;
        else {
          const label = at + result[0].indexOf("[") + 1;
          const children = depth < maxDepth ? parse(label, label + (result[1] as string).length, depth + 1) : [];
          const href = safeHref(whole?.[2] ?? "");
          take(at + result[0].length, ...(href === undefined ? children : [{ kind: "link" as const, href, children }]));
        }
      } else if (character === "<" || character === "h") {
        const result = isWord(text[at - 1]) ? null : match(address);
        if (result === null) at++;
        else {
          const shown = at + result[0].indexOf("h");
          const href = (result[1] as string).replace(/[.,;:!?)\]*_~]+$/u, "");
          const after = result[0].endsWith(">") ? at + result[0].length : shown + href.length;
          const children = [{ kind: "text" as const, start: shown, end: shown + href.length }];
          take(after, { kind: "link", href, children });
        }
      } else {
        const mark = marks.find(([sign]) => text.startsWith(sign, at));
        if (mark === undefined || depth >= maxDepth) at++;
        else {
          const [sign, kind] = mark;
          const inner = at + sign.length;
          const opens = inner < to && !blank.test(text[inner] as string) && !(sign[0] === "_" && isWord(text[at - 1]));
          const close = opens ? closing(sign, inner, to, without) : -1;
          const wrap = (children: Inline[]): Inline =>
            sign === "***" ? { kind: "strong", children: [{ kind: "emphasis", children }] } : { kind, children };
          if (close !== -1) take(close + sign.length, wrap(parse(inner, close, depth + 1)));
          else if (opens && live && to === end && sign.length > 1) take(to, wrap(parse(inner, to, depth + 1)));
          else if (live && inner === end) take(end);
          else at = inner;
        }
      }
    }
    take(to);
    return found;
  };
  return parse(start, end, 0);
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && wordCharacter.test(character);
}

function safeHref(href: string): string | undefined {
  return /^(?:https?:\/\/|mailto:)/i.test(href) ? href : undefined;
}
