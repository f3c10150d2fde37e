import { setImmediate } from "node:timers/promises";

/**
 * Passes a stream on. Items that arrive within one turn of the event loop are merged if `join` returns a result for
 * them, since the cost of a message hardly depends on its size. No item waits longer than that turn. If the source
 * fails, the items before the error are passed on first.
 */
export async function* withinTick<T>(
  source: AsyncIterable<T>,
  join: (last: T, item: T) => T | undefined,
): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let isBusy = true;
  const pull = () => {
    isBusy = true;
    const next = iterator.next();
    // An error reaches whoever awaits `next`. If nobody does, the error must not count as unhandled.
    next.then(
      () => {
        isBusy = false;
      },
      () => {
        isBusy = false;
      },
    );
    return next;
  };
  let next = pull();
  try {
    for (;;) {
      const result = await next;
      if (result.done) return;
      let item = result.value;
      next = pull();
      const over = setImmediate(undefined);
      for (;;) {
        const more = await Promise.race([next.catch(() => undefined), over]);
        const joined = more === undefined || more.done ? undefined : join(item, more.value);
        if (joined === undefined) break;
        item = joined;
        next = pull();
      }
      yield item;
    }
  } finally {
    const left = iterator.return?.();
    // If the source is busy producing an item, closing it does not wait for that item.
    if (isBusy) left?.then(undefined, () => {});
    else await left;
  }
}
