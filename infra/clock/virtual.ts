import type { Clock } from "./clock.ts";

/** A clock that stands still until it is advanced. */
export interface VirtualClock extends Clock {
  /** Advances time by `ms`: makes the calls that become due, in order, and lets promises settle after each call. */
  advance(ms: number): Promise<void>;
  /** How many calls are pending: 0 after a test that leaks no timer. */
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

/** Waits until the event loop has gone around once: by then every promise has settled that can do so without I/O. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
