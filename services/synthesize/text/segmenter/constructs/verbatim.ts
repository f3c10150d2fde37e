import { isAlphanumeric, isAsciiLetter, isDigit, isNewline, isSpace } from "../window/characters.ts";
import { closing, literal, reach, run, target, until } from "../window/seek.ts";
import { NO, peek, WAIT, type Window } from "../window/window.ts";

function codeSpan(window: Window, start: number): number {
  // A code span opens with a complete run of backticks. If nothing closes that run, its later backticks are not tried
  // as openings.
  if (window.points[start - 1] === "`") return NO;
  const opened = run(window, start, reach.code);
  if (opened <= 0) return opened;
  const length = opened - start;
  for (let index = opened; index - opened <= reach.code; ) {
    const end = until(window, index, "`", reach.code, true);
    if (end <= 0) return end;
    const closed = run(window, end - 1, reach.code);
    if (closed <= 0) return closed;
    if (closed - (end - 1) === length) return closed;
    index = closed;
  }
  return NO;
}

const amountSuffixes = "k K m M b B t T bn mn mm USD million billion trillion off per a an each".split(" ");

/**
 * Whether the dollar sign at `start`, before a digit, is a currency sign. If so, returns the position after the amount;
 * NO if the sign opens a formula, WAIT if more text is needed.
 */
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

/**
 * The end of a construct that is not prose and opens at `start` (code, LaTeX, a URL, a tag, an image); NO if there is
 * none, WAIT if more text is needed. No clause ends inside it.
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
