import { type Clock, sleep } from "../clock/clock.ts";

/** Waits as long as simulated work of `ms` milliseconds takes; throws the signal's reason if the signal aborts. */
export type Pace = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * Creates a Pace. `timeScale` stretches (2) or shrinks (0.1) all work. At 0 work takes no time, but after each wait
 * pending I/O is processed. Delays of timers do not add up over consecutive waits: each wait is measured from the time
 * at which the previous one should have ended.
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
    // Makes up for a timer that fired slightly late, but not for a pause between two pieces of work.
    const from = now - due < timerSlackMs ? Math.min(due, now) : now;
    due = from + ms * timeScale;
    await sleep(clock, Math.max(0, due - now), signal);
  };
}

/** By how many milliseconds a Node timer may be late on a machine that is not overloaded. */
const timerSlackMs = 4;
