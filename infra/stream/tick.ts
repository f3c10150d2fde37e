import { setImmediate } from "node:timers/promises";

/**
 * Passes a stream on, and joins what comes within one turn of the event loop where `join` returns something: a message costs what it costs, whatever is in
 * it. Nothing waits longer than for the rest of that turn. An error comes after what came before it.
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
    // Whoever waits for it meets its error; nobody may, once it is left.
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
    // One that is busy is not waited for.
    if (isBusy) left?.then(undefined, () => {});
    else await left;
  }
}
