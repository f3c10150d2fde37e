/**
 * How slow a worker is, relative to what its engine normally takes: GPUs differ, and one that overheats or is shared
 * slows down. The engine's normal pace is learned slowly from all its workers (pace.ts); this follows one worker
 * quickly, and returns to 1 as the normal pace adapts to it.
 */
export interface Slowness {
  /** How many times as long as normal it takes; 1: as fast as the engine's normal pace. */
  readonly times: number;
  /** Learns that a piece of work took `times` as long as normal. */
  learn(times: number): void;
}

/**
 * The weight of the newest value in the average: after ten pieces of work, less than a thirtieth of the earlier ones
 * remains.
 */
const newest = 0.3;
/**
 * The fraction of the slowness that is forgotten each time: otherwise all workers could appear slow compared with a
 * pace that none of them has.
 */
const forgotten = 0.01;

/** Starts at the normal pace. */
export function createSlowness(): Slowness {
  /** The logarithm of `times`, so that twice as long weighs as much as half as long. */
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
