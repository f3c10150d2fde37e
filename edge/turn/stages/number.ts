/** An event and its sequence number. */
export interface Numbered<E> {
  /** Counts from 1, without gaps. */
  readonly sequence: number;
  readonly event: E;
}

/** Numbers events in the order in which they are sent. */
export async function* number<E>(events: AsyncIterable<E>): AsyncGenerator<Numbered<E>> {
  let sequence = 0;
  for await (const event of events) yield { sequence: ++sequence, event };
}
