import { isDigit, isHan, isSpace, isUpper, isWide } from "../window/characters.ts";
import { NO, peek, slice, WAIT, type Window } from "../window/window.ts";

/**
 * If the full stop at `index` ends the number of a step, and an earlier step is on the same line, as in
 * `1. Open 2. Click` and `1.苹果2.香蕉`: the end of the clause before that number. Otherwise NO, or WAIT if more text is
 * needed.
 */
export function nextStep(window: Window, start: number, index: number): number {
  let first = index;
  while (isDigit(peek(window, first - 1) ?? "")) first--;
  const number = Number(slice(window, first, index));
  if (index - first > 2 || number < 2 || first - start < 3) return NO;
  const before = slice(window, start, Math.min(start + 4, first));
  if (![".", "．"].some((mark) => before.startsWith(`${number - 1}${mark}`))) return NO;
  const next = peek(window, index + 1);
  if (next === undefined) return WAIT;
  const tight = isWide(next) && isWide(peek(window, first - 1) ?? "");
  if (tight) return first;
  if (!isSpace(next) || !isSpace(peek(window, first - 1) ?? "")) return NO;
  const word = peek(window, index + 2);
  return word === undefined ? WAIT : isUpper(word) || isWide(word) ? first - 1 : NO;
}

/**
 * Whether the colon at `index` is between two one-character names in a ratio, as in `糖:盐:醋=3:1:2`: 1 if so, NO if not,
 * WAIT if more text is needed.
 */
export function ratioOfNames(window: Window, start: number, index: number): number {
  const alone = index - 1 === start || ":：".includes(peek(window, index - 2) ?? " ");
  if (!alone || !isHan(peek(window, index - 1) ?? "") || !isHan(peek(window, index + 1) ?? "")) return NO;
  const mark = peek(window, index + 2);
  if (mark === undefined) return WAIT;
  return mark !== "" && ":：=＝".includes(mark) ? 1 : NO;
}
