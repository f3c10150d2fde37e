/**
 * Merges streams into one, in the order in which items arrive; at most one item of each source waits, so a slow reader
 * slows down all sources. Ends when all have ended; the first error ends it. If left early, it leaves every source.
 */
export async function* merge<T>(...sources: AsyncIterable<T>[]): AsyncGenerator<T, void, undefined> {
  const running = new Set<AsyncIterator<T>>();
  const arrived: { iterator: AsyncIterator<T>; result: Promise<IteratorResult<T>> }[] = [];
  let wake: (() => void) | undefined;
  // A single wake-up for all sources: racing promises would add a reaction to the slow source's promise for every item
  // of the fast one.
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
    // A source may be busy with its last item: leaving it neither waits for that nor leaves its error unhandled.
    for (const iterator of running) iterator.return?.()?.then(undefined, () => {});
  }
}
