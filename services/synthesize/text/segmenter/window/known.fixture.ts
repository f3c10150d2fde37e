import { NO, WAIT, type Window } from "./window.ts";

/** What a text with marks says; -1 where a mark is missing. */
interface Known {
  readonly window: Window;
  /** The place of `^`. */
  readonly index: number;
  /** The place of `‖`. */
  readonly end: number;
}

/**
 * Makes a window of what is written, in which `^` stands before the place that is judged, `‖` behind what a rule finds
 * there, and `∎` where the text ends; without `∎`, more may follow.
 */
export function known(written: string): Known {
  const points = [...written.replace(/[\^‖∎]/gu, "")];
  const ended = written.endsWith("∎");
  const window = { points, offset: 0, ended, absent: new Map(), pairs: new Map(), unemphatic: new Map() };
  return { window, index: [...written.replace("‖", "")].indexOf("^"), end: [...written.replace("^", "")].indexOf("‖") };
}

/** An answer of a rule as a row of a table has it. */
export const told = (answer: number): number | "no" | "wait" =>
  answer === NO ? "no" : answer === WAIT ? "wait" : answer;
