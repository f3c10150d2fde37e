import type { Clock } from "../../../infra/clock/clock.ts";

/** Time that passes only while nobody has anything to do: hours of waiting take as long as what is done in between. */
export interface EventClock extends Clock {
  /**
   * Lets time pass until the work is done, and gives what it came to. Throws what the work throws; an Error if it waits
   * for something that will never be.
   */
  run<T>(work: Promise<T>): Promise<T>;
}

interface Waiting {
  readonly at: number;
  /** Whoever asked first is woken first. */
  readonly order: number;
  wake: (() => void) | undefined;
}

/** Makes a clock that stands at 0. Those who are due at the same moment are woken together. */
export function createEventClock(): EventClock {
  /** A binary heap, the earliest at 0: thousands wait at a time. */
  const heap: Waiting[] = [];
  let now = 0;
  let order = 0;

  const isBefore = (a: Waiting, b: Waiting) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function push(entry: Waiting): void {
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(entry, heap[above] as Waiting)) break;
      heap[at] = heap[above] as Waiting;
      at = above;
    }
    heap[at] = entry;
  }

  function pop(): Waiting {
    const first = heap[0] as Waiting;
    const last = heap.pop() as Waiting;
    let at = 0;
    while (heap.length > 0) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Waiting, heap[below] as Waiting)) below++;
      if (!isBefore(heap[below] as Waiting, last)) break;
      heap[at] = heap[below] as Waiting;
      at = below;
    }
    if (heap.length > 0) heap[at] = last;
    return first;
  }

  /** Wakes all who are due next; false if nobody waits. */
  function wakeNext(): boolean {
    while (heap[0] !== undefined && heap[0].wake === undefined) pop();
    if (heap[0] === undefined) return false;
    now = heap[0].at;
    while (heap[0] !== undefined && heap[0].at === now) pop().wake?.();
    return true;
  }

  return {
    now: () => now,
    after(delayMs, wake) {
      const entry: Waiting = { at: now + Math.max(0, delayMs), order: order++, wake };
      push(entry);
      return () => {
        // Taken out when its time comes: to look for it would take longer.
        entry.wake = undefined;
      };
    },
    run(work) {
      return new Promise((resolve, reject) => {
        let done = false;
        work.then(
          (value) => {
            done = true;
            resolve(value);
          },
          (error) => {
            done = true;
            reject(error);
          },
        );
        // A turn of the event loop: every promise that can settle has settled.
        const turn = () => {
          if (done) return;
          if (wakeNext()) setImmediate(turn);
          else reject(new Error("the work waits for something that will never be"));
        };
        setImmediate(turn);
      });
    },
  };
}
