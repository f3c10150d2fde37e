import { isHan } from "../window/characters.ts";
import { NO, peek, WAIT, type Window } from "../window/window.ts";
import { grade } from "./grade.ts";

/** Words of two hanzi before which a phrase begins. */
const openers = new Set("因为 所以 如果 但是 而且 并且 或者 以及 然后 因此 为了 关于 对于 根据 按照".split(" "));

/** How well a Chinese text may part before `index`: a grade, NO or WAIT. */
export function judgeHan(window: Window, index: number): number {
  const [left, c] = [peek(window, index - 1) ?? "", peek(window, index) ?? ""];
  if (!isHan(left) || !isHan(c)) return NO;
  const second = peek(window, index + 1);
  if (second === undefined) return WAIT;
  return openers.has(c + second) ? grade.phrase : NO;
}
