/**
 * Waits for a stream's first item, and returns a stream that still includes that item, or undefined if the stream ends
 * without any item. An error before the first item is thrown here, where it can still be reported in another way.
 */
export async function begun<T>(stream: AsyncGenerator<T>): Promise<AsyncGenerator<T> | undefined> {
  const first = await stream.next();
  if (first.done) return undefined;
  return (async function* () {
    try {
      yield first.value;
      yield* stream;
    } finally {
      await stream.return(undefined);
    }
  })();
}
