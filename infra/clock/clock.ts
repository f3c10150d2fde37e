/** The source of time. Everything that waits takes a Clock, so that tests run in virtual time and never sleep. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Calls `wake` once after `delayMs`; the returned function cancels the call. */
  after(delayMs: number, wake: () => void): () => void;
}

/**
 * The longest delay of a Node timer, in milliseconds: 24.8 days. A timer with a longer delay fires at once, so delays
 * that callers choose must not exceed this value if other code sets a timer for them.
 */
export const longestTimerMs = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, wake) {
    let timer: NodeJS.Timeout;
    const wait = (restMs: number) => {
      timer =
        restMs > longestTimerMs ? setTimeout(wait, longestTimerMs, restMs - longestTimerMs) : setTimeout(wake, restMs);
    };
    wait(delayMs);
    return () => clearTimeout(timer);
  },
};

/** Waits `delayMs`. If the signal aborts, throws the signal's reason at once. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
