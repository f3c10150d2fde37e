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
 * Where does a clause end? For each punctuation mark, a function in `judges` (a `Judge`) decides whether it ends a
 * clause. It looks at the character before the mark and at one or two after it (for a full stop also at the words on
 * either side, in `full-stop.ts`). It returns the position after the clause's last character; NO if the mark does not
 * end a clause, as in 3.14, 1,000 or 10:30; or WAIT if that depends on characters that have not arrived yet.
 *
 * A mark that ends a clause includes what belongs to it: further marks, closing quotes and brackets, a newline
 * (`absorb`). The rules are the same in all languages, except that `、` ends a clause only in Japanese.
 *
 * What can go wrong: an answer other than WAIT is final, so it must not depend on text that arrives later; a judge sees
 * the text as written, so Markdown can hide what is next to a mark (`**so.** Then`); and `endsAnyway`, which lets a
 * clause be spoken early, must agree with the judge of the mark.
 */

/** Matches a day and its month, in either order, at the end of a text. */
const dayOfMonth = (() => {
  const name = `(?:${[...months].map((month) => month.replace(".", "\\.")).join("|")})`;
  const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
  return new RegExp(`(?:^|[^A-Za-z])${name} ${day}$|(?:^|[^\\d.,])${day} (?:of )?${name}$`);
})();

/** Whether the comma at `index` follows the day and month of a date: "May 5, 2025", "the 4th of July, 1776". */
const dateBefore = (window: Window, index: number): boolean =>
  dayOfMonth.test(slice(window, Math.max(0, index - 20), index));

/**
 * Whether the text before `index`, back to the last white space, looks like a web address or code, in which `?` and `!`
 * end no clause.
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
 * Whether the comma at `index`, followed by white space, ends a clause: it does not inside a name ("Amazon.com, Inc.")
 * or a date. Returns the position after the clause's last character, NO, or WAIT if later text decides.
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

/** A punctuation mark and its context. */
interface Mark {
  readonly window: Window;
  /** The start of the clause; `index` is the position of the mark. */
  readonly start: number;
  readonly index: number;
  readonly previous: string;
  /** The character after the mark; undefined while it has not arrived. */
  readonly next: string | undefined;
  /** Whether the clause contains kana. */
  readonly kana: boolean;
}

/** Judges whether a clause ends at a punctuation mark: returns the position after the clause, NO or WAIT. */
type Judge = (mark: Mark) => number;

/** Ends the clause in every case, after the further marks, closing quotes and brackets that follow the mark. */
const ends: Judge = ({ window, index }) => absorb(window, index + 1);

/** Makes a judge that decides once the character after the punctuation mark has arrived; until then it returns WAIT. */
const onceNextIsKnown =
  (judge: (mark: Mark, next: string) => number): Judge =>
  (mark) =>
    mark.next === undefined ? WAIT : judge(mark, mark.next);

const isDigitOfAnyScript = (c: string): boolean => /\p{Nd}/u.test(c);

/** A comma or semicolon of another script ends a clause, except between digits: `1،5`. */
const foreignPause = onceNextIsKnown((mark, next) =>
  isDigitOfAnyScript(mark.previous) && isDigitOfAnyScript(next) ? NO : ends(mark),
);

/** A Greek raised dot before a space ends a clause; other raised dots are inside words and names. */
const raisedDot = onceNextIsKnown((mark, next) =>
  isSpace(next) && /\p{Script=Greek}/u.test(mark.previous) ? ends(mark) : NO,
);

/**
 * Creates the judge (a `Judge`) of `，` and `：`. They end a clause, except inside a number or a clock time: between two
 * digits, if `staysBefore` returns true for the second digit.
 */
const wideMark =
  (staysBefore: (digit: string) => boolean): Judge =>
  (mark) => {
    const { previous, next } = mark;
    if (!isDigit(previous)) return ends(mark);
    if (next === undefined) return WAIT;
    return isDigit(next) && staysBefore(next) ? NO : ends(mark);
  };

/** `、` ends a clause in Japanese, where it is a comma; in Chinese it only separates the items of a list. */
const itemComma: Judge = (mark) => (mark.kana || isKana(mark.previous) ? ends(mark) : NO);

/** In a run of dots, only the first one is judged. */
const dots: Judge = ({ window, index, previous }) => (previous === "…" ? NO : ellipsis(window, index));

/** `!` and `?` end a clause, except in an address, code or a formula: `?id=1`, `5! = 120`. */
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

/** Decides whether a full stop ends a clause: not if it belongs to an ellipsis, a number or an abbreviation. */
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
 * Handles a full stop at the end of a quotation, brackets or emphasis: if white space or nothing follows the closing
 * mark, returns the index after the mark, where the clause ends; otherwise NO, or WAIT if more text is needed.
 */
function periodBeforeCloser(window: Window, index: number): number {
  const end = absorb(window, index + 1);
  if (end === WAIT) return WAIT;
  const after = peek(window, end);
  if (after === undefined) return WAIT;
  return after === "" || isSpace(after) || isNewline(peek(window, end - 1) ?? "") ? end : NO;
}

/** A comma (`,`) may end a clause if a space follows it, or if it is next to a hanzi. */
const comma = onceNextIsKnown((mark, next) => {
  const { window, index, previous } = mark;
  if (isWide(next) || (isHan(previous) && !isAlphanumeric(next))) return ends(mark);
  if (isSpace(next)) return commaBeforeSpace(window, index);
  return isHan(previous) && isAsciiLetter(next) ? index + 1 : NO;
});

/** A colon ends a clause before a space, or between a word and a hanzi, but not between the parts of a ratio. */
const colon = onceNextIsKnown((mark, next) => {
  const { window, start, index, previous } = mark;
  const ratio = ratioOfNames(window, start, index);
  if (ratio !== NO) return ratio === WAIT ? WAIT : NO;
  if (isWide(next) && (isLetter(previous) || isCloser(previous))) return index + 1;
  return isSpace(next) ? ends(mark) : NO;
});

const semicolon = onceNextIsKnown((mark, next) => (isSpace(next) || isWide(next) ? ends(mark) : NO));

/** Marks that end a clause whatever is next to them. */
const certain = "。！？｡؟۔।॥։።፧។៕။๚；";
/** Commas and semicolons of Arabic, Armenian, Ethiopic and Burmese. They end a clause except between digits. */
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

/** The punctuation marks with which a clause may end. */
export const marks: ReadonlySet<string> = new Set(judges.keys());

/**
 * Whether a clause that began at `start` ends with the punctuation mark at `index`: returns the position after the
 * clause's last character, NO if the clause continues, or WAIT if more text is needed (at most two characters after the
 * mark, or one word after an abbreviation). `kana`: whether the clause contains kana.
 */
export function border(window: Window, start: number, index: number, kana: boolean): number {
  const judge = judges.get(window.points[index] ?? "");
  if (judge === undefined) return NO;
  return judge({ window, start, index, previous: peek(window, index - 1) ?? "", next: peek(window, index + 1), kana });
}

/**
 * Whether the mark at `index` ends a clause whatever follows, so that only the exact end, after further marks and
 * closing quotes, is still unknown. `kana`: whether the clause contains kana.
 */
export function endsAnyway(window: Window, index: number, kana: boolean): boolean {
  const c = window.points[index] ?? "";
  const previous = peek(window, index - 1) ?? "";
  if (c === "，" || c === "：") return !isDigit(previous);
  if (c === "、") return kana || isKana(previous);
  return c !== "" && certain.includes(c);
}
