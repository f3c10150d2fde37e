import { isHan, isKana } from "../window/characters.ts";
import { NO, peek, type Window } from "../window/window.ts";
import { grade } from "./grade.ts";

/** Particles that end a phrase if a hanzi or a word in katakana follows. */
const particles = "はがをにでともへ";

const isKatakana = (c: string): boolean => isKana(c) && c >= "ァ";

/** How suitable the place before `index` is for a soft border in Japanese: a grade or NO. */
export function judgeKana(window: Window, index: number): number {
  const [left, c] = [peek(window, index - 1) ?? "", peek(window, index) ?? ""];
  const before = peek(window, index - 2) ?? "";
  if (left === "を" && (isHan(c) || isKana(c))) return grade.phrase;
  if (!particles.includes(left) || left === "" || !(isHan(c) || isKatakana(c))) return NO;
  if (isHan(before) || isKatakana(before)) return "はがを".includes(left) ? grade.phrase : grade.word;
  return "でに".includes(before) && left === "は" ? grade.phrase : NO;
}
