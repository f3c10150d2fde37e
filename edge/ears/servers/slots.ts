import type { Clock } from "../../../infra/clock/clock.ts";

/** Limits how many pieces of work run at once: each takes a slot. */
export interface Slots {
  /**
   * Waits in line for a slot, and returns a function that gives the slot back. Returns undefined if too many callers
   * wait already, or if no slot came free in time. If the signal aborts during the wait, throws the signal's reason.
   */
  take(signal: AbortSignal): Promise<(() => void) | undefined>;
  /** How many slots are taken. */
  readonly taken: number;
}

/** Makes `count` slots. At most `mostWaiting` callers may wait for one, each for at most `waitMs`. */
export function createSlots(count: number, { mostWaiting, waitMs, clock }: SlotsOptions): Slots {
  const waiting: ((giveBack: (() => void) | undefined) => void)[] = [];
  let taken = 0;
  const toGiveBack = () => {
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const next = waiting.shift();
      if (next === undefined) taken--;
      else next(toGiveBack());
    };
  };
  return {
    get taken() {
      return taken;
    },
    async take(signal) {
      signal.throwIfAborted();
      if (taken < count) {
        taken++;
        return toGiveBack();
      }
      if (waiting.length >= mostWaiting) return undefined;
      const { promise, resolve, reject } = Promise.withResolvers<(() => void) | undefined>();
      waiting.push(resolve);
      const leave = () => {
        const at = waiting.indexOf(resolve);
        if (at >= 0) waiting.splice(at, 1);
        return at >= 0;
      };
      const onAbort = () => leave() && reject(signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      const cancel = clock.after(waitMs, () => leave() && resolve(undefined));
      try {
        return await promise;
      } finally {
        cancel();
        signal.removeEventListener("abort", onAbort);
      }
    },
  };
}

interface SlotsOptions {
  readonly mostWaiting: number;
  /** How long a caller may wait for a slot, in milliseconds. */
  readonly waitMs: number;
  readonly clock: Clock;
}
