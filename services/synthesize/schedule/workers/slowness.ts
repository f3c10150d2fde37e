/**
 * How slow a worker is, relative to its engine's normal pace: GPUs differ, and a GPU that overheats or is shared slows
 * down. The normal pace is learned slowly from all workers of the engine (pace.ts); the slowness follows a single
 * worker quickly, and returns to 1 as the normal pace adapts to that worker.
 */
export interface Slowness {
  /** The time that the worker takes, divided by what its engine normally takes; 2 means half as fast. */
  readonly times: number;
  /** Learns that a piece of work took `times` as long as normal. */
  learn(times: number): void;
}

/**
 * The weight of the newest value in the average slowness: after ten more pieces of work, less than a thirtieth of the
 * earlier values remains.
 */
const newest = 0.3;
/**
 * The fraction of the slowness that is forgotten with each piece of work: otherwise all workers could appear slow
 * compared with a pace that none of them has.
 */
const forgotten = 0.01;

/** Creates a `Slowness` of 1: at first, a worker is assumed to run at the normal pace. */
export function createSlowness(): Slowness {
  /** The logarithm of `times`: averaged this way, twice as slow and twice as fast cancel each other out. */
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
