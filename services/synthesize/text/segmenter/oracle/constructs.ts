import { isNewline, isSpace, isWide, widthOf } from "./characters.ts";

/** A part of a text that must not be cut. */
export interface Construct {
  /** The index right after the construct. */
  readonly end: number;
  /** Whether a clause may end after the construct (`prose`) or not (`code`); a `silent` construct is not spoken. */
  readonly kind: "prose" | "code" | "silent";
}

/** Matches any text, over several lines if necessary, but no blank line. */
const lines = String.raw`(?:(?!\n[^\S\n]*\n)[^])*?`;

/** Patterns for constructs that are not prose: code, formulas, escaped characters, character references, URLs. */
const code = [
  // A code span closes with as many backticks as opened it.
  new RegExp(String.raw`(?<!${"`"})(${"`"}+)(?!${"`"})${lines}(?<!${"`"})\1(?!${"`"})`, "y"),
  new RegExp(String.raw`\$\$${lines}\$\$`, "y"),
  /\$(?![\s$])[^$\n]*(?<!\s)\$(?!\d)/y,
  new RegExp(String.raw`\\\(${lines}\\\)`, "y"),
  new RegExp(String.raw`\\\[${lines}\\\]`, "y"),
  /\\[^\s(A-Za-z0-9[]/y,
  /<[A-Za-z/!][^<>\n]*[:@][^<>\n]*>/y,
  /&[A-Za-z0-9#]{1,8};/y,
  /(?<![A-Za-z0-9])(?:https?:\/\/|www\.|ftp:\/\/|mailto:)(?:[\w\-.~:/?#[\]@!$&'()*+,;=%]*(?<![._~:?!,;'*)\]]))?/iy,
];
const tag = /<[A-Za-z/!][^<>\n]*>/y;

/** For each opening quote or bracket: the mark that closes it, and the maximum length of the text in between. */
const pairs: Readonly<Record<string, readonly [close: string, reach: number]>> = {
  "“": ["”", 60],
  "「": ["」", 48],
  "《": ["》", 48],
  "（": ["）", 48],
  "(": [")", 80],
};

/** The construct that opens at `index`; undefined if there is none. */
export function constructAt(text: string, index: number): Construct | undefined {
  const found = (kind: Construct["kind"], end: number) => (end > index ? { kind, end } : undefined);
  const matched = Math.max(...code.map((pattern) => endOf(pattern, text, index)));
  const c = text.charAt(index);
  if (matched > 0) return found("code", matched);
  if (c === "<") return found("silent", endOf(tag, text, index));
  if (c === "!" && text.charAt(index + 1) === "[") return found("code", link(text, index + 1));
  if (c === "[") return found("prose", link(text, index));
  if (c !== "" && "*_~".includes(c)) return found("prose", emphasis(text, index));
  if (c === '"') return found("prose", endOf(/(?<![A-Za-z0-9])"(?=\S)[^"\n]{0,80}"/y, text, index));
  if (c === "'") return found("prose", singleQuote(text, index));
  const [close = "", reach = 0] = pairs[c] ?? [];
  return found("prose", bracket(text, index, close, reach));
}

/** The index right after the match of a pattern at `index`; 0 if it does not match. */
function endOf(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

/**
 * The index right after the bracket that opens at `index`, including nested ones; 0 if it does not close on its line.
 */
function bracket(text: string, index: number, close: string, reach: number): number {
  const open = text.charAt(index);
  let depth = 0;
  for (let at = index; at < text.length && !isNewline(text.charAt(at)); at++) {
    if (text.charAt(at) === open) depth++;
    if (text.charAt(at) === close) depth--;
    if (depth === 0) return at - 1 - index <= reach ? at + 1 : 0;
  }
  return 0;
}

/** The index right after text in square brackets, and after its URL if one follows. */
function link(text: string, index: number): number {
  const end = bracket(text, index, "]", 80);
  return end === 0 || text.charAt(end) !== "(" ? end : Math.max(end, bracket(text, end, ")", 1000));
}

/**
 * The index right after a quotation in single quotes; 0 if there is none. A quote closes the quotation only if no letter
 * comes directly after it; otherwise it is an apostrophe.
 */
function singleQuote(text: string, index: number): number {
  const end = endOf(
    /(?<![A-Za-z0-9])'(?=\p{L})[^\n]{0,60}?'(?!(?![\p{Script=Han}\p{Script=Hiragana}])\p{L})/uy,
    text,
    index,
  );
  return end > 0 && widthOf(text.slice(index + 1, end - 1)) <= 60 ? end : 0;
}

/**
 * The index right after emphasis, such as `**word**`; 0 if there is none. The closing marks must be at least as many as
 * the opening ones, and must not follow a space. If there are more, all of them belong to the emphasis, except that
 * `**` takes only two.
 */
function emphasis(text: string, index: number): number {
  const mark = text.charAt(index);
  const [opening = ""] = /^(\*+|_+|~+)/.exec(text.slice(index)) ?? [];
  const from = index + opening.length;
  const next = text.charAt(from);
  const isInWord = /[A-Za-z0-9]/.test(text.charAt(index - 1));
  if (opening.length > 3 || (mark === "~" && opening.length !== 2) || next === "" || isSpace(next)) return 0;
  if (isInWord && (mark === "_" || (opening.length === 1 && /[A-Za-z0-9]/.test(next)))) return 0;
  // A star before `12#` or the like does not open emphasis: it begins a telephone service code, such as `*12#`.
  if (opening === "*" && /^\d{0,8}#/.test(text.slice(from))) return 0;
  let width = 0;
  for (let at = from; at < text.length && !isNewline(text.charAt(at)) && width <= 80; ) {
    let end = at;
    while (text.charAt(end) === mark) end++;
    const closes = !isSpace(text.charAt(at - 1)) && end - at >= opening.length;
    if (closes && end > at) return opening.length === 2 ? at + 2 : end;
    width += isWide(text.charAt(at)) ? 2 : 1;
    at = Math.max(end, at + 1);
  }
  return 0;
}
