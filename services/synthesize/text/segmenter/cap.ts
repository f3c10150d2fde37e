import { countCodePoints } from "../../../../infra/text/code-points.ts";
import { isAlphanumeric, isExtender, isRegional, isSpace, isSpaceless, isWide, isWord } from "./window/characters.ts";
import { slice, type Window } from "./window/window.ts";

/**
 * The maximum length of a clause, in half-width units: 56 Chinese characters or 112 Latin ones, about ten seconds of
 * speech.
 */
export const capWidth = 112;
/** Text is cut before this width (half-width units) only as a last resort: shorter parts are not worth speaking. */
const leastWidth = 36;

/** Minor punctuation marks: a clause that has become too long may be cut after one of them. */
const minorMarks = "、—–·,;:，；：…";
/** English words before which a clause that is too long may be divided, since a speaker may take a breath there. */
const joints = new Set(
  "and but or so because which who that while when where if though although unless until then as with for from".split(
    " ",
  ),
);
const words = new Intl.Segmenter("zh", { granularity: "word" });

/** Grades for the positions at which a clause may be cut, by what is there; a higher grade is better. */
const grade = { word: 1, space: 2, joint: 3, minor: 4 } as const;

/**
 * Where to cut a clause `[0, end)` that has become too long. In order of preference: after a minor mark, before a
 * joining word, at white space, between words of Chinese, Thai and similar scripts, or else between any two separable
 * characters. `whole` lists constructs that must not be cut, as alternating starts and ends. The character at `end`
 * must already be known.
 */
export function cutPlace(window: Window, end: number, whole: readonly number[]): number {
  let least = 0;
  for (let width = 0; width < leastWidth && least < end; least++) width += isWide(window.points[least] ?? "") ? 2 : 1;
  let place = 0;
  let best = 0;
  let inside = whole.length - 2;
  // Searches backwards, so that the last of several equally good positions for a cut is used.
  for (let index = end; index > 0; index--) {
    const good = index < least ? grade.word : grade.minor;
    if (best >= good) break;
    while (inside >= 0 && index <= (whole[inside] ?? 0)) inside -= 2;
    if (inside >= 0 && index < (whole[inside + 1] ?? 0)) continue;
    const found = Math.min(gradeOf(window, index, end), good);
    if (found > best) [place, best] = [index, found];
  }
  if (best > grade.word) return place;
  return (
    lastWord(window, end, whole) || lastSpacelessWord(window, place, end, whole) || place || endOfLetter(window, end)
  );
}

/** The last index up to `end` that does not separate a letter from its combining accents; `end` if there is none. */
function endOfLetter(window: Window, end: number): number {
  let place = end;
  while (place > 0 && isExtender(window.points[place] ?? "")) place--;
  return place || end;
}

/** How suitable a cut before `index` is; 0: unsuitable, or only a dictionary could tell, as in Thai. */
function gradeOf(window: Window, index: number, end: number): number {
  const left = window.points[index - 1] ?? "";
  const right = window.points[index] ?? "";
  if (isExtender(right) || left === "\u200d" || (isRegional(left) && isRegional(right))) return 0;
  if (isSpace(right)) {
    if (isWide(left) && isWide(window.points[index + 1] ?? "")) return grade.minor;
    let start = index;
    while (isAlphanumeric(window.points[start - 1] ?? "")) start--;
    // Nobody takes a breath after a joining word.
    if (joints.has(slice(window, start, index))) return grade.word;
    let stop = index + 1;
    while (stop <= end && isAlphanumeric(window.points[stop] ?? "")) stop++;
    return stop <= end && joints.has(slice(window, index + 1, stop)) ? grade.joint : grade.space;
  }
  if (isSpaceless(left) && isSpaceless(right)) return 0;
  if (!mayPart(left, right)) return 0;
  return minorMarks.includes(left) && !minorMarks.includes(right) ? grade.minor : grade.word;
}

/**
 * In a script without spaces, word boundaries this close to the end of the known text (in characters) are uncertain,
 * since later text may change them.
 */
const uncertainTail = 16;

/**
 * In a script without spaces, the start of the last word in `(floor, end)` whose boundary is certain; 0 if there is
 * none. Dictionary look-ups are slow, so only the words around possible cuts are looked up.
 */
function lastSpacelessWord(window: Window, floor: number, end: number, whole: readonly number[]): number {
  let tail = end;
  while (tail > 0 && isSpaceless(window.points[tail - 1] ?? "")) tail--;
  const mayBegin = (index: number): boolean =>
    (index < tail || index <= end - uncertainTail) &&
    isSpaceless(window.points[index - 1] ?? "") &&
    isSpaceless(window.points[index] ?? "");
  const text = slice(window, 0, end);
  let segments: Intl.Segments | undefined;
  let unit = text.length;
  for (let index = end - 1; index > floor; index--) {
    unit -= window.points[index]?.length ?? 0;
    if (!mayBegin(index)) continue;
    segments ??= words.segment(text);
    const start = segments.containing(unit)?.index ?? 0;
    // Inside a word: go back to its beginning.
    while (unit > start) unit -= window.points[--index]?.length ?? 0;
    if (index > floor && mayBegin(index) && !isExtender(window.points[index] ?? "") && !isInside(whole, index))
      return index;
  }
  return 0;
}

/** Whether `index` is inside a construct that must not be cut. */
const isInside = (whole: readonly number[], index: number): boolean =>
  whole.some((start, at) => at % 2 === 0 && index > start && index < (whole[at + 1] ?? 0));

/** Whether text may be cut between two characters: not inside a Latin word or a number. */
const mayPart = (left: string, right: string): boolean =>
  (isWide(left) || isWide(right) || !isWord(left) || !isWord(right)) &&
  !(isAlphanumeric(left) && isAlphanumeric(right)) &&
  !".,:-%/'’".includes(right);

/**
 * The start of the last Chinese word before `end`, according to a dictionary, since Chinese has no spaces; 0 if the
 * text there is not Chinese.
 */
function lastWord(window: Window, end: number, whole: readonly number[]): number {
  const floor = Math.max(end - 24, whole.at(-1) ?? 0);
  let from = end;
  while (from > floor && isWide(window.points[from - 1] ?? "")) from--;
  if (end - from < 4) return 0;
  const text = slice(window, from, end);
  const last = words.segment(text).containing(text.length - 1)?.index ?? 0;
  return last === 0 ? 0 : from + countCodePoints(text.slice(0, last));
}
