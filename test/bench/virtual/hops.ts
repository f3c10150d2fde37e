import type { SideName } from "../sides/names.ts";

/**
 * What lies between the engines and the caller: wires, processes, and what they do with each piece. In milliseconds.
 */
export interface Hops {
  /** From the call to the question's arrival at the model. */
  readonly questionMs: number;
  /** From a token's leaving the model to its arrival where text is cut into clauses. */
  readonly tokenMs: number;
  /** From the decision to speak a segment to the worker's having the request. */
  readonly askMs: number;
  /** From sound's leaving the worker to its arrival where it is put in order. */
  readonly soundMs: number;
  /** From there, or from where text is cut, to the caller. */
  readonly callerMs: number;
}

/** Medians as `bench overhead` tells them, in milliseconds. */
interface Measured {
  readonly questionToModel: number;
  readonly textDelta: number;
  readonly cutToVoice: number;
  readonly cutToSound: number;
}

/**
 * Source: `npm run bench -- overhead --users 1 --sides fifo,duet` on a virtual machine with two cores (x64, Node 26)
 * that did nothing else, though its host took 4 to 7 % of it away; 8 turns of `fifo`, 9 of `duet`. They are constants
 * here, so virtual time does not show a side that is short of CPU.
 */
const measured = {
  fifo: { questionToModel: 2.8, textDelta: 1.07, cutToVoice: 3.4, cutToSound: 6.6 },
  duet: { questionToModel: 19.7, textDelta: 2.74, cutToVoice: 6.8, cutToSound: 15.9 },
} as const satisfies Record<string, Measured>;

/** The hops of a side. All sides of one process and one pool of workers are taken to be like `fifo`. */
export function hopsOf(side: SideName): Hops {
  const { questionToModel, textDelta, cutToVoice, cutToSound } = measured[side === "duet" ? "duet" : "fifo"];
  // A text delta goes over as many wires before it is cut as sound does after it was put in order.
  const half = textDelta / 2;
  return {
    questionMs: questionToModel,
    tokenMs: half,
    askMs: cutToVoice - half,
    soundMs: cutToSound - cutToVoice - half,
    callerMs: half,
  };
}
