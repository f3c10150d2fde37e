import {
  isAlphanumeric,
  isAsciiLetter,
  isCloser,
  isDigit,
  isHan,
  isKana,
  isLetter,
  isLower,
  isNewline,
  isSpace,
  isTrailing,
  isUpper,
  isWide,
} from "../window/characters.ts";
import { NO, peek, slice, WAIT, type Window } from "../window/window.ts";
import { months } from "./abbreviations.ts";
import { abbreviationBefore, fullStop, runOn, suffixAfter } from "./full-stop.ts";
import { nextStep, ratioOfNames } from "./step.ts";

/** Marks that end a sentence. */
export const sentenceMarks = "。！？!?｡؟۔।॥։።፧។៕။๚";
/** Marks of pause that are only marks, whatever stands beside them: Arabic, Armenian, Ethiopic and Burmese commas and semicolons, the Greek semicolon. */
export const foreignPauses = "،؛՝፣፤፥၊·";
/** Marks that may follow a mark and belong to it: `？！`, `！！！`, `!……`. */
const following = "。！？!?…～~؟۔।॥";

/** Takes further marks, closing quotes and brackets, and a newline after the mark that ends before `index`. */
function absorb(window: Window, index: number): number {
  for (;;) {
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "") return index;
    if (isNewline(c)) return index + 1;
    if (c === "!" && peek(window, index + 1) !== " ") {
      // An image opens with "![".
      const next = peek(window, index + 1);
      if (next === undefined) return WAIT;
      if (next === "[") return index;
    }
    if (c === "~" || c === "～") {
      // Before a number it means "about".
      const next = peek(window, index + 1);
      if (next === undefined) return WAIT;
      if (isDigit(next)) return index;
    }
    if (following.includes(c) || isCloser(c)) {
      index++;
      continue;
    }
    if (c !== '"' && c !== "'" && c !== "*" && c !== "_") return index;
    // What closes stands before white space; what opens does not.
    let end = index + 1;
    while (peek(window, end) === c) end++;
    const next = peek(window, end);
    if (next === undefined) return WAIT;
    if (next !== "" && !isSpace(next)) return index;
    index = end;
  }
}

/** A day and its month, in either order, at the end of a text. */
const dayOfMonth = (() => {
  const name = `(?:${[...months].map((month) => month.replace(".", "\\.")).join("|")})`;
  const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
  return new RegExp(`(?:^|[^A-Za-z])${name} ${day}$|(?:^|[^\\d.,])${day} (?:of )?${name}$`);
})();

/** Whether the day and month of a date stand before the comma at `index`: "May 5, 2025", "the 4th of July, 1776". */
const dateBefore = (window: Window, index: number): boolean =>
  dayOfMonth.test(slice(window, Math.max(0, index - 20), index));

/** Whether the run of characters without white space around `index` looks like an address or code, where `?` and `!` end nothing. */
function inAddress(window: Window, index: number): boolean {
  for (let at = index - 1; index - at < 40; at--) {
    const c = peek(window, at) ?? "";
    if (c === "" || isSpace(c) || isWide(c)) return false;
    if (c === "/" || c === "." || c === "=" || c === "@") return true;
  }
  return false;
}

function ellipsis(window: Window, index: number): number {
  let end = index;
  while (peek(window, end) === "." || peek(window, end) === "…") end++;
  const next = peek(window, end);
  if (next === undefined) return WAIT;
  if (next === "" || isNewline(next) || isCloser(next) || sentenceMarks.includes(next)) return absorb(window, end);
  if (isWide(next)) return end;
  if (!isSpace(next)) return NO;
  const word = peek(window, end + 1);
  return word === undefined ? WAIT : isUpper(word) || isWide(word) || word === "" ? end : NO;
}

/** Whether a clause ends with the comma at `index` that white space follows, and not the name or the date go on after it: as `border`. */
function commaBeforeSpace(window: Window, index: number): number {
  const after = peek(window, index + 2);
  if (after === undefined) return WAIT;
  if (isUpper(after)) {
    const goes = suffixAfter(window, index + 2);
    if (goes !== NO) return goes === WAIT ? WAIT : NO;
  }
  return isDigit(after) && dateBefore(window, index) ? NO : absorb(window, index + 1);
}

/**
 * Whether a clause that began at `start` ends with the mark at `index`: one past its last character, NO or WAIT. At most two characters after the
 * mark are needed to tell, a word after an abbreviation.
 */
export function border(window: Window, start: number, index: number, kana: boolean): number {
  const c = window.points[index] ?? "";
  const previous = peek(window, index - 1) ?? "";
  const next = peek(window, index + 1);
  switch (c) {
    case "。":
    case "！":
    case "？":
    case "｡":
      return absorb(window, index + 1);
    case "؟":
    case "۔":
    case "।":
    case "॥":
    case "։":
    case "።":
    case "፧":
    case "។":
    case "៕":
    case "။":
    case "๚":
    case "；":
      return absorb(window, index + 1);
    case "،":
    case "؛":
    case "՝":
    case "፣":
    case "፤":
    case "፥":
    case "၊":
      // 1،5 is a number.
      if (next === undefined) return WAIT;
      return isDigitOfAnyScript(previous) && isDigitOfAnyScript(next) ? NO : absorb(window, index + 1);
    case "·":
      // The raised dot of Greek stands before a space; others stand inside words and names.
      if (next === undefined) return WAIT;
      return isSpace(next) && /\p{Script=Greek}/u.test(previous) ? absorb(window, index + 1) : NO;
    case "，":
    case "：":
      if (isDigit(previous)) {
        if (next === undefined) return WAIT;
        if (isDigit(next) && (c === "：" || next > "9")) return NO;
      }
      return absorb(window, index + 1);
    case "、":
      return kana || isKana(previous) ? absorb(window, index + 1) : NO;
    case "…":
      return previous === "…" ? NO : ellipsis(window, index);
  }
  if (next === undefined) return WAIT;
  switch (c) {
    case "!":
    case "?":
      if (isSpace(next) && isDigit(previous)) {
        // The factorial of a number, as in "5! = 120".
        const after = peek(window, index + 2);
        if (after === undefined) return WAIT;
        if (after === "=") return NO;
      }
      if (next === "=" || (isAlphanumeric(next) && (!isUpper(next) || inAddress(window, index)))) return NO;
      if (isAlphanumeric(next) || next === "" || isSpace(next) || isWide(next)) return absorb(window, index + 1);
      return isLetter(next) ? NO : absorb(window, index + 1);
    case ".": {
      if (previous === ".") return NO;
      if (next === ".") return ellipsis(window, index);
      if (next === "" || isNewline(next)) return absorb(window, index + 1);
      if (isSpace(next)) {
        const step = isDigit(previous) ? nextStep(window, start, index) : NO;
        if (step !== NO) return step;
        const ends = fullStop(window, start, index);
        return ends === 1 ? absorb(window, index + 1) : ends;
      }
      if (isDigit(previous)) {
        const step = nextStep(window, start, index);
        if (step !== NO) return step;
      }
      if (isWide(next)) return isDigit(previous) || abbreviationBefore(window, index) !== undefined ? NO : index + 1;
      if (isUpper(next)) return runOn(window, index);
      if (next === "<") return index + 1;
      if (!isCloser(next) && next !== '"' && next !== "'" && next !== "*" && next !== "_") return NO;
      const end = absorb(window, index + 1);
      if (end === WAIT) return WAIT;
      const after = peek(window, end);
      return after === undefined
        ? WAIT
        : after === "" || isSpace(after) || isNewline(peek(window, end - 1) ?? "")
          ? end
          : NO;
    }
    case ",":
      if (isWide(next) || (isHan(previous) && !isAlphanumeric(next))) return absorb(window, index + 1);
      if (!isSpace(next)) return isHan(previous) && isAsciiLetter(next) ? index + 1 : NO;
      return commaBeforeSpace(window, index);
    case ":": {
      const ratio = ratioOfNames(window, start, index);
      if (ratio !== NO) return ratio === WAIT ? WAIT : NO;
      if (isWide(next) && (isLetter(previous) || isCloser(previous))) return index + 1;
      return isSpace(next) ? absorb(window, index + 1) : NO;
    }
    case ";":
      return isSpace(next) || isWide(next) ? absorb(window, index + 1) : NO;
    default:
      return NO;
  }
}

/** Whether a clause ends with the mark at `index` whatever follows: only how far it goes must still be seen, past other marks and closing quotes. */
export function endsAnyway(window: Window, index: number, kana: boolean): boolean {
  const c = window.points[index] ?? "";
  const previous = peek(window, index - 1) ?? "";
  if (c === "，" || c === "：") return !isDigit(previous);
  if (c === "、") return kana || isKana(previous);
  return "。！？｡؟۔।॥։።፧។៕။๚；".includes(c) && c !== "";
}

const isDigitOfAnyScript = (c: string): boolean => /^\p{Nd}/u.test(c);

/** Small words that go on after a quoted sentence: “加油！”的喊声. */
const goesOn = "的是这那之等和与及或吗呢吧とでっもはがをにの、，。；：,.;:";
/** What opens the next speech of a dialogue. */
const openers = "“「『";

/**
 * Whether a clause ends with the quote or bracket `[start, end)` that holds a whole sentence: its end, NO or WAIT. `before` is the last place
 * before `start` where no mark stands that may close something.
 */
export function borderAfterEnclosed(window: Window, start: number, end: number, before: number): number {
  let last = end - 1;
  while (last >= start && isTrailing(window.points[last] ?? "")) last--;
  if (last < start) last = before;
  const mark = peek(window, last) ?? "";
  if (mark === "" || !(sentenceMarks.includes(mark) || mark === "." || mark === "…")) return NO;
  if (mark === "." && abbreviationBefore(window, last) !== undefined) return NO;
  const next = peek(window, end);
  if (last < end - 2 && mark !== "." && mark !== "…" && /[*_]/.test(peek(window, end - 1) ?? "")) return end;
  if (next === undefined) return WAIT;
  if (next === "" || isNewline(next)) return next === "" ? end : end + 1;
  if (openers.includes(next)) return end;
  if (!isSpace(next)) return isWide(next) && !goesOn.includes(next) && mark !== "." ? end : NO;
  const after = peek(window, end + 1);
  return after === undefined ? WAIT : isLower(after) || isDigit(after) ? NO : end;
}
