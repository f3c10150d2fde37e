import type { SideName } from "../sides/names.ts";

/** What lies between the engines and the caller: wires, processes, and what they do with each piece. In milliseconds. */
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
 * Source: `npm run bench -- overhead --users 1 --sides fifo,duet`, on two cores of a virtual machine (x64, Node 26) that were busy with something
 * else, before which the bench's processes went. They are constants here, and so virtual time says nothing of a side that is short of CPU.
 */
const measured = {
  fifo: { questionToModel: 3.5, textDelta: 0.9, cutToVoice: 3.5, cutToSound: 7.1 },
  duet: { questionToModel: 11, textDelta: 2.5, cutToVoice: 6.8, cutToSound: 12.5 },
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
