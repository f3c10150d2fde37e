/**
 * The same stream once its first item is there: what fails before it is thrown here, where it can still be told otherwise. Undefined if it ends
 * without any.
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
