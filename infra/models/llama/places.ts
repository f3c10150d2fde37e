/** A fixed number of slots for answers in progress, and a queue of limited length in which requests wait for a slot. */
export interface Places {
  /**
   * Waits for a slot, in order of arrival, and returns the function that frees it again. Throws FullError if the queue
   * is full, or the signal's reason if the signal aborts.
   */
  take(signal: AbortSignal): Promise<() => void>;
}

/** Thrown if no slot is free, and the queue is full as well. */
export class FullError extends Error {
  override name = "FullError";
}

/** Creates `places` slots, for which at most `queue` callers can wait. */
export function createPlaces(places: number, queue: number): Places {
  let free = places;
  const waiting: (() => void)[] = [];

  const giveBack = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const once = () => {
    let isTaken = true;
    return () => {
      if (isTaken) giveBack();
      isTaken = false;
    };
  };

  return {
    async take(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return once();
      }
      if (waiting.length >= queue) throw new FullError("the model is busy and its queue is full: try again later");
      await new Promise<void>((resolve, reject) => {
        const enter = () => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(enter), 1);
          reject(signal.reason);
        };
        waiting.push(enter);
        signal.addEventListener("abort", leave, { once: true });
      });
      return once();
    },
  };
}
