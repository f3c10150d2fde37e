import type { Clock } from "../clock/clock.ts";

/** Stands in a stream for a pause of its source. */
export const idle = Symbol("idle");

/** Passes a stream on, with one `idle` in it whenever the source has been silent for `idleMs` since its last item. */
export async function* withIdle<T>(
  source: AsyncIterable<T>,
  clock: Clock,
  idleMs: number,
): AsyncGenerator<T | typeof idle> {
  const iterator = source[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<T>> | undefined;
  try {
    for (;;) {
      next = iterator.next();
      // Until the source speaks, the first pause is told once.
      if (await isLate(next, clock, idleMs)) yield idle;
      const result = await next;
      next = undefined;
      if (result.done) return;
      yield result.value;
    }
  } finally {
    next?.catch(() => {});
    iterator.return?.()?.then(undefined, () => {});
  }
}

/** True if the promise has not settled within `ms`. */
function isLate(promise: Promise<unknown>, clock: Clock, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(true));
    const onSettled = () => {
      cancel();
      resolve(false);
    };
    promise.then(onSettled, onSettled);
  });
}
