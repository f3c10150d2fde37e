/**
 * Merges streams into one, in the order in which items arrive. At most one item of each source waits to be read, so a
 * slow reader slows down all sources. The merged stream ends when all sources have ended, or with the first error. If
 * its reader stops early, all sources are closed.
 */
export async function* merge<T>(...sources: AsyncIterable<T>[]): AsyncGenerator<T, void, undefined> {
  const running = new Set<AsyncIterator<T>>();
  const arrived: { iterator: AsyncIterator<T>; result: Promise<IteratorResult<T>> }[] = [];
  let wake: (() => void) | undefined;
  // All sources share one wake-up: with `Promise.race`, every item of a fast source would add a reaction to the pending
  // promise of a slow one.
  const pull = (iterator: AsyncIterator<T>) => {
    const result = iterator.next();
    const onSettled = () => {
      arrived.push({ iterator, result });
      wake?.();
    };
    result.then(onSettled, onSettled);
  };
  for (const source of sources) {
    const iterator = source[Symbol.asyncIterator]();
    running.add(iterator);
    pull(iterator);
  }
  try {
    while (running.size > 0) {
      const next = arrived.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const result = await next.result;
      if (result.done) {
        running.delete(next.iterator);
      } else {
        yield result.value;
        pull(next.iterator);
      }
    }
  } finally {
    // A source may be busy with its next item: closing it neither waits for that item, nor lets its error count as
    // unhandled.
    for (const iterator of running) iterator.return?.()?.then(undefined, () => {});
  }
}
