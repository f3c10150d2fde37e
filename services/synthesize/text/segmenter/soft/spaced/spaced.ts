import { NO, peek, WAIT, type Window } from "../../window/window.ts";
import { grade } from "../grade.ts";

/** Words before which an English phrase begins. */
const openers = new Set("and but or because which while where when although unless until".split(" "));

/** Judges the words of one text that is written with spaces. */
export interface Spaced {
  /** How well a text may part before the word that begins at `index`: a grade, NO or WAIT. */
  judge(window: Window, index: number): number;
}

export function createSpaced(): Spaced {
  return {
    judge(window, index) {
      let word = "";
      for (let at = index; word.length < 16; at++) {
        const c = peek(window, at);
        if (c === undefined) return WAIT;
        if (!/[a-z]/.test(c)) return c === " " && openers.has(word) ? grade.phrase : NO;
        word += c;
      }
      return NO;
    },
  };
}
