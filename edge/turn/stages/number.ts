/** An event and its number. */
export interface Numbered<E> {
  /** Counts from 1, no gaps. */
  readonly sequence: number;
  readonly event: E;
}

/** Numbers events in the order in which they leave. */
export async function* number<E>(events: AsyncIterable<E>): AsyncGenerator<Numbered<E>> {
  let sequence = 0;
  for await (const event of events) yield { sequence: ++sequence, event };
}
