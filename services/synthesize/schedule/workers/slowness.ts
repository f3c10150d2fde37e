/**
 * How many times as long a worker takes as its engine does as a rule: cards differ, and one that grows hot, or has to share itself, slows down.
 * What the engine takes as a rule is learnt from all its workers (pace.ts), slowly; this follows one of them, fast, and comes back to 1 as
 * the rule comes to be what it does.
 */
export interface Slowness {
  /** 1: as long as the engine does. */
  readonly times: number;
  /** A piece of work took so many times as long as the engine does. */
  learn(times: number): void;
}

/** The share of the newest in the average: after ten pieces of work, less than a thirtieth is left of what was before. */
const newest = 0.3;
/** So much is forgotten each time: without it, all workers together could be slow beside a rule that nobody keeps. */
const forgotten = 0.01;

/** Makes that of a worker of which nothing is known. */
export function createSlowness(): Slowness {
  /** Twice as long weighs as much as half as long. */
  let log = 0;
  return {
    get times() {
      return Math.exp(log);
    },
    learn(times) {
      log = (1 - forgotten) * (log + newest * (Math.log(Math.max(1e-3, times)) - log));
    },
  };
}
