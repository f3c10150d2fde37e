import { createPipe } from "../../../infra/stream/pipe.ts";
import type { Side } from "./side.ts";
import { clausesOf } from "./words.ts";

/**
 * As voice frameworks do it: each clause, once it is whole, is one request, and requests are served in order of
 * arrival. The clauses are those that Duet would cut, so that what differs is the order of service alone.
 */
export const fifo: Side = async ({ question }, out, { model, voices }, signal) => {
  const spoken = createPipe<{ words: string; sound: AsyncGenerator<Buffer> }>({ capacity: Number.POSITIVE_INFINITY });
  const write = async () => {
    try {
      // Asked for at once; what comes back waits until those before it have been sent.
      for await (const { clauses } of clausesOf(shown(model.stream(question, signal), out.text)))
        for (const { spoken: words } of clauses)
          void spoken.write({ words, sound: eager(voices.speak(words, { streamed: true }, signal)) });
      spoken.end();
    } catch (error) {
      spoken.fail(error);
    }
  };
  void write();
  for await (const { words, sound } of spoken) {
    out.segment(words);
    for await (const pcm of sound) out.sound(pcm);
  }
};

async function* shown(tokens: AsyncIterable<string>, show: (token: string) => void): AsyncGenerator<string> {
  for await (const token of tokens) {
    show(token);
    yield token;
  }
}

/** Reads a source from now on, whether or not somebody reads what it gives. */
export function eager<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const pipe = createPipe<T>({ capacity: Number.POSITIVE_INFINITY });
  const read = async () => {
    try {
      for await (const item of source) void pipe.write(item);
      pipe.end();
    } catch (error) {
      pipe.fail(error);
    }
  };
  void read();
  return (async function* () {
    yield* pipe;
  })();
}
