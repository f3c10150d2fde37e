import type { Clock } from "./clock.ts";

/** A clock that stands still until it is told to move. */
export interface VirtualClock extends Clock {
  /** Moves time on by `ms`, calling what falls due on the way in order; lets promises settle after each call. */
  advance(ms: number): Promise<void>;
  /** How many calls are waiting: 0 after a test that leaks no timer. */
  readonly pending: number;
}

/** Makes a clock that starts at 0. */
export function createVirtualClock(): VirtualClock {
  let now = 0;
  const waiting = new Set<{ at: number; wake: () => void }>();
  return {
    now: () => now,
    after(delayMs, wake) {
      const entry = { at: now + Math.max(0, delayMs), wake };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    async advance(ms) {
      const until = now + ms;
      for (;;) {
        await settle();
        let next: { at: number; wake: () => void } | undefined;
        for (const entry of waiting) if (entry.at <= until && (next === undefined || entry.at < next.at)) next = entry;
        if (next === undefined) break;
        waiting.delete(next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = until;
      await settle();
    },
    get pending() {
      return waiting.size;
    },
  };
}

/** A turn of the event loop: every promise that can settle without I/O has settled. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
