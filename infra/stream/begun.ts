/**
 * Waits for a stream's first item, and returns a stream that still includes it. An error before the first item is
 * thrown here, where it can still be reported differently. Undefined if the stream ends without any item.
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
