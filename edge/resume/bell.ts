import type { Clock } from "../../infra/clock/clock.ts";

/** Wakes a waiter when something has changed. After a ring while nobody waits, the next `wait` returns at once. */
export interface Bell {
  readonly ring: () => void;
  /** Resolves at the next ring, when the signal aborts, or after `limit.ms` milliseconds. */
  wait(signal: AbortSignal, limit?: { readonly clock: Clock; readonly ms: number }): Promise<void>;
}

/** Creates a `Bell` that at most one caller waits for at a time. */
export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(signal, limit) {
      if (!rung && !signal.aborted)
        await new Promise<void>((resolve) => {
          const cancel = limit?.clock.after(limit.ms, done);
          signal.addEventListener("abort", done, { once: true });
          wake = done;
          function done() {
            wake = undefined;
            cancel?.();
            signal.removeEventListener("abort", done);
            resolve();
          }
        });
      rung = false;
    },
  };
}
