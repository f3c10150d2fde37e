import type { Clock } from "../clock/clock.ts";

/** The item that `withIdle` inserts into a stream when its source pauses. */
export const idle = Symbol("idle");

/**
 * Passes a stream on, with an `idle` inserted whenever the source has been silent for `idleMs` since its last item.
 * With `repeats`, another `idle` is inserted after every further `idleMs` of silence.
 */
export async function* withIdle<T>(
  source: AsyncIterable<T>,
  clock: Clock,
  idleMs: number,
  { repeats = false }: { repeats?: boolean } = {},
): AsyncGenerator<T | typeof idle> {
  const iterator = source[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<T>> | undefined;
  try {
    for (;;) {
      next = iterator.next();
      while (await isLate(next, clock, idleMs)) {
        yield idle;
        if (!repeats) break;
      }
      const result = await next;
      next = undefined;
      if (result.done) return;
      yield result.value;
    }
  } finally {
    const left = iterator.return?.();
    // If the source is busy producing an item, closing it does not wait for that item.
    if (next === undefined) await left;
    else {
      next.catch(() => {});
      left?.then(undefined, () => {});
    }
  }
}

/** Waits for a promise, but at most `ms` milliseconds; true if it has not settled by then. */
export function isLate(promise: Promise<unknown>, clock: Clock, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(true));
    const onSettled = () => {
      cancel();
      resolve(false);
    };
    promise.then(onSettled, onSettled);
  });
}
