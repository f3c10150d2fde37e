import { isAlphanumeric, isAsciiLetter, isDigit, isLetter, isNewline, isSpace, isWide } from "./characters.ts";
import { NO, peek, WAIT, type Window } from "./window.ts";

/**
 * How far a construct may reach, in half-width units (a Chinese character counts two, all else one). What does not close within its reach is read as
 * plain text, so each is also how long text may be held back.
 */
const reach = { quote: 80, apostrophe: 60, bracket: 80, emphasis: 80, code: 200, math: 240, tag: 200, address: 1000 };

/** Quotes and brackets that open and close with different characters. */
const pairs: ReadonlyMap<string, string> = new Map([
  ["“", "”"],
  ["「", "」"],
  ["『", "』"],
  ["《", "》"],
  ["〈", "〉"],
  ["【", "】"],
  ["〔", "〕"],
  ["（", "）"],
  ["«", "»"],
  ["‹", "›"],
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** Small words with a leading apostrophe, which opens no quote. */
const clipped = ["tis", "twas", "em", "cause", "til", "n", "round", "bout"];

/** Finds `close` from `from` on; nested `open` are counted. Stops at a line's end and at the limit. */
function closing(window: Window, from: number, open: string, close: string, limit: number): number {
  let depth = 1;
  let width = 0;
  for (let index = from; width <= limit; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return NO;
    if (c === close) {
      depth--;
      if (depth === 0) return index + 1;
    } else if (c === open) depth++;
    width += isWide(c) ? 2 : 1;
  }
  return NO;
}

/** Whether `literal` stands at `index`: its end, NO or WAIT. */
function literal(window: Window, index: number, literalText: string): number {
  for (let offset = 0; offset < literalText.length; offset++) {
    const c = peek(window, index + offset);
    if (c === undefined) return WAIT;
    if (c.toLowerCase() !== literalText[offset]) return NO;
  }
  return index + literalText.length;
}

/** Finds the string `close` from `from` on, on lines that are not blank, within `limit` characters. */
function until(window: Window, from: number, close: string, limit: number, lines: boolean): number {
  let blank = false;
  for (let index = from; index - from <= limit; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "") return NO;
    if (c === "\n") {
      if (blank || !lines) return NO;
      blank = true;
    } else if (!isSpace(c)) blank = false;
    if (c === close[0]) {
      const end = literal(window, index, close);
      if (end !== NO) return end;
    }
  }
  return NO;
}

function run(window: Window, start: number): number {
  const c = window.points[start];
  let end = start + 1;
  while (peek(window, end) === c) end++;
  return peek(window, end) === undefined ? WAIT : end;
}

function codeSpan(window: Window, start: number): number {
  const opened = run(window, start);
  if (opened === WAIT) return WAIT;
  const length = opened - start;
  for (let index = opened; index - opened <= reach.code; ) {
    const end = until(window, index, "`", reach.code, true);
    if (end <= 0) return end;
    const closed = run(window, end - 1);
    if (closed === WAIT) return WAIT;
    if (closed - (end - 1) === length) return closed;
    index = closed;
  }
  return NO;
}

const amountSuffixes = [
  "k",
  "K",
  "m",
  "M",
  "b",
  "B",
  "t",
  "T",
  "bn",
  "mn",
  "mm",
  "USD",
  "million",
  "billion",
  "trillion",
  "off",
  "per",
  "a",
  "an",
  "each",
];

/** Whether a dollar sign before a digit is money: a position after the amount, NO if it opens a formula, or WAIT. */
function money(window: Window, start: number): number {
  let index = start + 1;
  for (let c = peek(window, index); ; c = peek(window, ++index)) {
    if (c === undefined) return WAIT;
    if (!isDigit(c) && c !== "," && c !== ".") break;
    if (index - start > 40) return index;
  }
  while (peek(window, index - 1) === "," || peek(window, index - 1) === ".") index--;
  const after = peek(window, index) ?? "";
  if ("^_{}=+*<>|&\\$".includes(after) && after !== "") return NO;
  if (isAsciiLetter(after)) {
    let end = index;
    let letters = "";
    for (let c = peek(window, end); ; c = peek(window, ++end)) {
      if (c === undefined) return WAIT;
      if (!isAsciiLetter(c) || letters.length > 8) break;
      letters += c;
    }
    return amountSuffixes.includes(letters) ? index : NO;
  }
  if (after === " ") {
    const next = peek(window, index + 1);
    if (next === undefined) return WAIT;
    if ("=+<>^\\*".includes(next) && next !== "") return NO;
  }
  return index;
}

function math(window: Window, start: number): number {
  const next = peek(window, start + 1);
  if (next === undefined) return WAIT;
  if (next === "$") return until(window, start + 2, "$$", reach.math, true);
  if (next === "" || isSpace(next)) return NO;
  if (isDigit(next)) {
    const amount = money(window, start);
    if (amount !== NO) return amount;
  }
  const end = until(window, start + 1, "$", reach.math / 2, false);
  if (end <= 0) return end;
  const after = peek(window, end);
  if (after === undefined) return WAIT;
  return isSpace(peek(window, end - 2) ?? "") || isDigit(after) ? NO : end;
}

function tag(window: Window, start: number): number {
  const next = peek(window, start + 1);
  if (next === undefined) return WAIT;
  if (next === "|" || next === "｜") return until(window, start + 2, `${next}>`, reach.tag, false);
  if (!isAsciiLetter(next) && next !== "/" && next !== "!") return NO;
  for (let index = start + 1; index - start <= reach.tag; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || c === "<" || isNewline(c)) return NO;
    if (c === ">") return index + 1;
  }
  return NO;
}

function entity(window: Window, start: number): number {
  for (let index = start + 1; index - start < 10; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === ";") return index === start + 1 ? NO : index + 1;
    if (!isAlphanumeric(c) && c !== "#") return NO;
  }
  return NO;
}

const addressCharacters = new Set(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%",
);
const schemes = ["https://", "http://", "www.", "ftp://", "mailto:"];

function address(window: Window, start: number): number {
  if (isAlphanumeric(peek(window, start - 1) ?? "")) return NO;
  let wait = false;
  for (const scheme of schemes) {
    const opened = literal(window, start, scheme);
    if (opened === WAIT) wait = true;
    if (opened <= 0) continue;
    let end = opened;
    for (let c = peek(window, end); ; c = peek(window, ++end)) {
      if (c === undefined) return WAIT;
      if (!addressCharacters.has(c) || end - start > reach.address) break;
    }
    while (end > opened && "._~:?!,;'*)]".includes(peek(window, end - 1) ?? "")) end--;
    return end;
  }
  return wait ? WAIT : NO;
}

/** A link's or image's address after its text: the end of both, or of the text alone. */
function target(window: Window, end: number): number {
  if (end <= 0) return end;
  const next = peek(window, end);
  if (next === undefined) return WAIT;
  if (next !== "(") return end;
  const closed = closing(window, end + 1, "(", ")", reach.address);
  return closed === NO ? end : closed;
}

/**
 * A construct that is not prose and opens at `start` (code, LaTeX, an address, a tag, an image): its end, NO, or WAIT. No clause ends inside it.
 */
export function verbatim(window: Window, start: number): number {
  switch (window.points[start]) {
    case "`":
      return codeSpan(window, start);
    case "$":
      return math(window, start);
    case "\\": {
      const next = peek(window, start + 1);
      if (next === undefined) return WAIT;
      if (next === "(") return until(window, start + 2, "\\)", reach.math, true);
      if (next === "[") return until(window, start + 2, "\\]", reach.math, true);
      return next === "" || isSpace(next) || isAlphanumeric(next) ? NO : start + 2;
    }
    case "<":
      return tag(window, start);
    case "&":
      return entity(window, start);
    case "!":
      if (peek(window, start + 1) === undefined) return WAIT;
      if (peek(window, start + 1) !== "[") return NO;
      return target(window, closing(window, start + 2, "[", "]", reach.bracket));
    case "h":
    case "H":
    case "w":
    case "W":
    case "f":
    case "m":
      return address(window, start);
    default:
      return NO;
  }
}

function apostrophe(window: Window, start: number, close: string): number {
  let word = "";
  let width = 0;
  for (let index = start + 1; width <= reach.apostrophe; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return NO;
    if (c === close) {
      const after = peek(window, index + 1);
      if (after === undefined) return WAIT;
      if (!isLetter(after) || isWide(after)) return index + 1;
    }
    if (index - start <= 6) {
      if (isLetter(c)) word += c;
      else if (clipped.includes(word)) return NO;
    }
    width += isWide(c) ? 2 : 1;
  }
  return NO;
}

function emphasis(window: Window, start: number): number {
  const mark = window.points[start] ?? "";
  const opened = run(window, start);
  if (opened === WAIT) return WAIT;
  const length = opened - start;
  const next = peek(window, opened) ?? "";
  const previous = peek(window, start - 1) ?? "";
  if (next === "" || isSpace(next) || length > 3 || (mark === "~" && length !== 2)) return NO;
  if (mark === "_" ? isAlphanumeric(previous) : length === 1 && isAlphanumeric(previous) && isAlphanumeric(next))
    return NO;
  let width = 0;
  for (let index = opened; width <= reach.emphasis; index++) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return NO;
    if (c === mark) {
      const closed = run(window, index);
      if (closed === WAIT) return WAIT;
      if (closed - index >= length && !isSpace(peek(window, index - 1) ?? "")) return closed;
      index = closed - 1;
    }
    width += isWide(c) ? 2 : 1;
  }
  return NO;
}

/** Prose that is kept together and opens at `start` (a quote, a bracket, a link, emphasis): its end, NO, or WAIT. */
export function enclosed(window: Window, start: number): number {
  const c = window.points[start] ?? "";
  const previous = peek(window, start - 1) ?? "";
  switch (c) {
    case "*":
    case "_":
    case "~":
      return emphasis(window, start);
    case "'":
    case "‘": {
      const next = peek(window, start + 1);
      if (next === undefined) return WAIT;
      if (isAlphanumeric(previous) || !isLetter(next)) return NO;
      return apostrophe(window, start, c === "'" ? "'" : "’");
    }
    case '"':
    case "＂": {
      const next = peek(window, start + 1);
      if (next === undefined) return WAIT;
      if (isAlphanumeric(previous) || next === "" || isSpace(next)) return NO;
      return closing(window, start + 1, "", c, reach.quote);
    }
    case "[":
      return target(window, closing(window, start + 1, "[", "]", reach.bracket));
    default: {
      const close = pairs.get(c);
      return close === undefined ? NO : closing(window, start + 1, c, close, reach.bracket);
    }
  }
}
