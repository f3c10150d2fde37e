import type { Clock } from "../../../infra/clock/clock.ts";
import { createPipe } from "../../../infra/stream/pipe.ts";

/**
 * Brings each item of a source, its end and its error so much later, as a wire does. It reads on, whether or not
 * somebody reads it.
 */
export function later<T>(source: AsyncIterable<T>, clock: Clock, delayMs: number): AsyncIterable<T> {
  const arrived = createPipe<T>({ capacity: Number.POSITIVE_INFINITY });
  const carry = async () => {
    try {
      for await (const item of source) clock.after(delayMs, () => void arrived.write(item));
      clock.after(delayMs, arrived.end);
    } catch (error) {
      clock.after(delayMs, () => arrived.fail(error));
    }
  };
  void carry();
  return arrived;
}
