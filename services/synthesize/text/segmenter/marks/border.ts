import {
  isAlphanumeric,
  isAsciiLetter,
  isCloser,
  isDigit,
  isHan,
  isKana,
  isLetter,
  isNewline,
  isSpace,
  isUpper,
  isWide,
} from "../window/characters.ts";
import { NO, peek, slice, WAIT, type Window } from "../window/window.ts";
import { months } from "./abbreviations.ts";
import { absorb, ellipsis } from "./absorb.ts";
import { abbreviationBefore, fullStop, runOn, suffixAfter } from "./full-stop.ts";
import { nextStep, ratioOfNames } from "./step.ts";

/*
 * Where does a clause end? Each mark has a judge of its own, found in `judges`. It looks at the character before the
 * mark and at one or two after it (a full stop also at the word on either side, in `full-stop.ts`) and answers with one
 * past the clause's last character, with NO if the mark ends nothing there (3.14, 1,000, 10:30, e.g.), or with WAIT if
 * that depends on characters that have not come yet.
 *
 * A mark that ends a clause takes with it what belongs to it: further marks, closing quotes and brackets, a newline
 * (`absorb`). Which marks a language uses makes no difference: each mark means the same in all, but for `、`, which ends
 * a clause in Japanese alone.
 *
 * What can go wrong: an answer other than WAIT is final, and so it must not change with what comes later; a judge sees
 * the text as written, so that marks of Markdown stand in its way (`**so.** Then`); and what `endsAnyway` says of a
 * mark, which lets a clause be spoken early, must agree with its judge.
 */

/** A day and its month, in either order, at the end of a text. */
const dayOfMonth = (() => {
  const name = `(?:${[...months].map((month) => month.replace(".", "\\.")).join("|")})`;
  const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
  return new RegExp(`(?:^|[^A-Za-z])${name} ${day}$|(?:^|[^\\d.,])${day} (?:of )?${name}$`);
})();

/** Whether the comma at `index` follows the day and month of a date: "May 5, 2025", "the 4th of July, 1776". */
const dateBefore = (window: Window, index: number): boolean =>
  dayOfMonth.test(slice(window, Math.max(0, index - 20), index));

/**
 * Whether the text without white space around `index` looks like an address or code, in which `?` and `!` end nothing.
 */
function inAddress(window: Window, index: number): boolean {
  for (let at = index - 1; index - at < 40; at--) {
    const c = peek(window, at) ?? "";
    if (c === "" || isSpace(c) || isWide(c)) return false;
    if (c === "/" || c === "." || c === "=" || c === "@") return true;
  }
  return false;
}

/**
 * Whether the comma at `index`, followed by white space, ends a clause: not if it is inside a name or a date. Returns
 * as `border` does.
 */
function commaBeforeSpace(window: Window, index: number): number {
  const after = peek(window, index + 2);
  if (after === undefined) return WAIT;
  if (isUpper(after)) {
    const goes = suffixAfter(window, index + 2);
    if (goes !== NO) return goes === WAIT ? WAIT : NO;
  }
  return isDigit(after) && dateBefore(window, index) ? NO : absorb(window, index + 1);
}

/** A mark with what stands beside it. */
interface Mark {
  readonly window: Window;
  /** Where the clause begins, and where the mark stands. */
  readonly start: number;
  readonly index: number;
  readonly previous: string;
  /** Undefined while it is not known. */
  readonly next: string | undefined;
  /** Kana stand in the clause. */
  readonly kana: boolean;
}

/** Says of a mark whether a clause ends with it, as `border`. */
type Judge = (mark: Mark) => number;

/** The clause ends, with what belongs to the mark. */
const ends: Judge = ({ window, index }) => absorb(window, index + 1);

/** A judge of marks of which nothing can be said without the next character. */
const onceNextIsKnown =
  (judge: (mark: Mark, next: string) => number): Judge =>
  (mark) =>
    mark.next === undefined ? WAIT : judge(mark, mark.next);

const isDigitOfAnyScript = (c: string): boolean => /^\p{Nd}/u.test(c);

/** A comma or semicolon of another script, unless it stands in a number: 1،5. */
const foreignPause = onceNextIsKnown((mark, next) =>
  isDigitOfAnyScript(mark.previous) && isDigitOfAnyScript(next) ? NO : ends(mark),
);

/** The raised dot of Greek precedes a space; other raised dots are inside words and names. */
const raisedDot = onceNextIsKnown((mark, next) =>
  isSpace(next) && /\p{Script=Greek}/u.test(mark.previous) ? ends(mark) : NO,
);

/** `，` and `：`, unless they stand in a number or a time, which may be written with wide or narrow digits. */
const wideMark =
  (staysBefore: (digit: string) => boolean): Judge =>
  (mark) => {
    const { previous, next } = mark;
    if (!isDigit(previous)) return ends(mark);
    if (next === undefined) return WAIT;
    return isDigit(next) && staysBefore(next) ? NO : ends(mark);
  };

/** `、` stands between the items of a list in Chinese, and wherever a comma would in Japanese. */
const itemComma: Judge = (mark) => (mark.kana || isKana(mark.previous) ? ends(mark) : NO);

/** Of a row of dots the first is judged. */
const dots: Judge = ({ window, index, previous }) => (previous === "…" ? NO : ellipsis(window, index));

/** `!` and `?`, unless they stand in an address, code or a formula: `?id=1`, `5! = 120`. */
const exclamation = onceNextIsKnown((mark, next) => {
  const { window, index, previous } = mark;
  if (isSpace(next) && isDigit(previous)) {
    const after = peek(window, index + 2);
    if (after === undefined) return WAIT;
    if (after === "=") return NO;
  }
  if (next === "=") return NO;
  if (isAlphanumeric(next)) return isUpper(next) && !inAddress(window, index) ? ends(mark) : NO;
  return isLetter(next) && !isWide(next) ? NO : ends(mark);
});

/** The full stop: most of what it can be is told in `full-stop.ts`. */
const period = onceNextIsKnown((mark, next) => {
  const { window, start, index, previous } = mark;
  if (previous === ".") return NO;
  if (next === ".") return ellipsis(window, index);
  if (next === "" || isNewline(next)) return ends(mark);
  const step = isDigit(previous) ? nextStep(window, start, index) : NO;
  if (step !== NO) return step;
  if (isSpace(next)) {
    const isEnd = fullStop(window, start, index);
    return isEnd === 1 ? ends(mark) : isEnd;
  }
  if (isWide(next)) return isDigit(previous) || abbreviationBefore(window, index) !== undefined ? NO : index + 1;
  if (isUpper(next)) return runOn(window, index);
  if (next === "<") return index + 1;
  return isCloser(next) || `"'*_`.includes(next) ? periodBeforeCloser(window, index) : NO;
});

/**
 * The full stop inside a quotation, brackets or emphasis, which ends a clause only if white space follows what closes
 * it.
 */
function periodBeforeCloser(window: Window, index: number): number {
  const end = absorb(window, index + 1);
  if (end === WAIT) return WAIT;
  const after = peek(window, end);
  if (after === undefined) return WAIT;
  return after === "" || isSpace(after) || isNewline(peek(window, end - 1) ?? "") ? end : NO;
}

/** A comma before a space or among hanzi. */
const comma = onceNextIsKnown((mark, next) => {
  const { window, index, previous } = mark;
  if (isWide(next) || (isHan(previous) && !isAlphanumeric(next))) return ends(mark);
  if (isSpace(next)) return commaBeforeSpace(window, index);
  return isHan(previous) && isAsciiLetter(next) ? index + 1 : NO;
});

/** A colon before a space, or between a word and a hanzi, but not one between the parts of a ratio. */
const colon = onceNextIsKnown((mark, next) => {
  const { window, start, index, previous } = mark;
  const ratio = ratioOfNames(window, start, index);
  if (ratio !== NO) return ratio === WAIT ? WAIT : NO;
  if (isWide(next) && (isLetter(previous) || isCloser(previous))) return index + 1;
  return isSpace(next) ? ends(mark) : NO;
});

const semicolon = onceNextIsKnown((mark, next) => (isSpace(next) || isWide(next) ? ends(mark) : NO));

/** Marks that end a clause whatever stands beside them. */
const certain = "。！？｡؟۔।॥։።፧។៕။๚；";
/**
 * Marks of pause that are only marks, whatever stands beside them but digits: Arabic, Armenian, Ethiopic and Burmese
 * commas and semicolons.
 */
const foreignPauses = "،؛՝፣፤፥၊";

const judges: ReadonlyMap<string, Judge> = new Map([
  ...Array.from(certain, (c) => [c, ends] as const),
  ...Array.from(foreignPauses, (c) => [c, foreignPause] as const),
  ["·", raisedDot],
  ["，", wideMark((digit) => digit > "9")],
  ["：", wideMark(() => true)],
  ["、", itemComma],
  ["…", dots],
  ["!", exclamation],
  ["?", exclamation],
  [".", period],
  [",", comma],
  [":", colon],
  [";", semicolon],
]);

/** The marks at which a clause may end. */
export const marks: ReadonlySet<string> = new Set(judges.keys());

/**
 * Whether a clause that began at `start` ends with the mark at `index`: one past its last character, NO or WAIT. At
 * most two characters after the mark are needed to tell, a word after an abbreviation. `kana`: the clause holds some.
 */
export function border(window: Window, start: number, index: number, kana: boolean): number {
  const judge = judges.get(window.points[index] ?? "");
  if (judge === undefined) return NO;
  return judge({ window, start, index, previous: peek(window, index - 1) ?? "", next: peek(window, index + 1), kana });
}

/**
 * Whether the mark at `index` ends a clause whatever follows: only its extent, over further marks and closing quotes,
 * is still open.
 */
export function endsAnyway(window: Window, index: number, kana: boolean): boolean {
  const c = window.points[index] ?? "";
  const previous = peek(window, index - 1) ?? "";
  if (c === "，" || c === "：") return !isDigit(previous);
  if (c === "、") return kana || isKana(previous);
  return c !== "" && certain.includes(c);
}
