import { isHan, isKana } from "../window/characters.ts";
import { NO, peek, type Window } from "../window/window.ts";
import { grade } from "./grade.ts";

/** Particles that end a phrase if a hanzi or a word in katakana follows. */
const particles = "はがをにでともへ";

const isKatakana = (c: string): boolean => isKana(c) && c >= "ァ";

/** Grades how well a segment could end before `index` in Japanese, without a punctuation mark; NO if it must not. */
export function judgeKana(window: Window, index: number): number {
  const [left, c] = [peek(window, index - 1) ?? "", peek(window, index) ?? ""];
  const before = peek(window, index - 2) ?? "";
  if (left === "を" && (isHan(c) || isKana(c))) return grade.phrase;
  if (!particles.includes(left) || left === "" || !(isHan(c) || isKatakana(c))) return NO;
  if (isHan(before) || isKatakana(before)) return "はがを".includes(left) ? grade.phrase : grade.word;
  return "でに".includes(before) && left === "は" ? grade.phrase : NO;
}
