import { type Clock, sleep } from "../clock/clock.ts";

/** Waits as long as work of `ms` milliseconds takes; if the signal aborts, throws the signal's reason. */
export type Pace = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * Creates a Pace. `timeScale` stretches (2) or shrinks (0.1) all work; at 0 work takes no time, except that pending I/O
 * is processed after each wait. Timers that fire late do not add up over consecutive waits: each wait is measured from
 * the time at which the previous one should have ended.
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
    // A slightly late timer is compensated for; a pause between two pieces of work is not.
    const from = now - due < timerSlackMs ? Math.min(due, now) : now;
    due = from + ms * timeScale;
    await sleep(clock, Math.max(0, due - now), signal);
  };
}

/** How late a Node timer may be on a machine that is not overloaded. */
const timerSlackMs = 4;
