import { isDigit, isLower, isNewline, isSpace, isTrailing, isWide } from "../window/characters.ts";
import { NO, peek, WAIT, type Window } from "../window/window.ts";
import { sentenceMarks } from "./absorb.ts";
import { abbreviationBefore } from "./full-stop.ts";

/** Characters that, right after a quotation, show that the sentence continues: “加油！”的喊声. */
const goesOn = "的是这那之等和与及或吗呢吧とでっもはがをにの、，。；：,.;:";
/** Quotes that open the next speech of a dialogue. */
const openers = "“「『";

/**
 * Whether the quotation or parenthesis `[start, end)` contains a whole sentence, so that the clause ends with it:
 * returns the clause's end, NO or WAIT. `before` is the index of the last character before `start` that cannot be a
 * closing mark.
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
