import { type Clock, sleep } from "../clock/clock.ts";

/** Waits for work that takes `ms` by the cost model; throws the signal's reason when it aborts. */
export type Pace = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * Makes a Pace. `timeScale` stretches (2) or shrinks (0.1) all work; 0 does it as fast as the machine can, giving way to
 * I/O after each wait. Waits in a row do not add up the timer's rounding: each is measured from where the last should have ended.
 */
export function createPace(clock: Clock, timeScale: number): Pace {
  let due = 0;
  return async (ms, signal) => {
    if (timeScale === 0) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      return;
    }
    const now = clock.now();
    // A timer that fires a little late is made up for; a pause between two pieces of work is not.
    const from = now - due < timerSlackMs ? Math.min(due, now) : now;
    due = from + ms * timeScale;
    await sleep(clock, Math.max(0, due - now), signal);
  };
}

/** A timer of Node may be this late on a machine that is not overloaded. */
const timerSlackMs = 4;
