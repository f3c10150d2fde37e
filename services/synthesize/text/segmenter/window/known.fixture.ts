import { NO, WAIT, type Window } from "./window.ts";

/**
 * Makes a window of what is written, in which `^` stands before the place that is judged and `∎` where the text ends;
 * without `∎`, more may follow.
 */
export function known(written: string): { readonly window: Window; readonly index: number } {
  const points = [...written.replace("^", "").replace("∎", "")];
  const ended = written.endsWith("∎");
  const window = { points, offset: 0, ended, absent: new Map(), pairs: new Map(), unemphatic: new Map() };
  return { window, index: [...written].indexOf("^") };
}

/** An answer of a rule as a row of a table has it. */
export const told = (answer: number): number | "no" | "wait" =>
  answer === NO ? "no" : answer === WAIT ? "wait" : answer;
