import type { Cut } from "../text/words.ts";

/** A text while it is written, which can be read again from its beginning by whoever speaks on. */
export interface Script {
  /** All of it, as it was cut. Throws what its writer threw. Readers that leave end nothing. */
  read(): AsyncGenerator<Cut>;
  /** Nobody reads any more. */
  close(): void;
}

/** Makes it. What was read is kept: a call has at most 200,000 characters. */
export function createScript(cuts: AsyncIterable<Cut>): Script {
  const source = cuts[Symbol.asyncIterator]();
  const taken: Cut[] = [];
  let isOver = false;
  let taking: Promise<void> | undefined;

  function take(): Promise<void> {
    taking ??= source.next().then(({ done, value }) => {
      taking = undefined;
      if (done) isOver = true;
      else taken.push(value);
    });
    return taking;
  }

  return {
    async *read() {
      for (let at = 0; ; at++) {
        while (at === taken.length && !isOver) await take();
        if (at === taken.length) return;
        yield taken[at] as Cut;
      }
    },
    close() {
      isOver = true;
      // A writer that never writes again ends with its call.
      source.return?.().catch(() => {});
    },
  };
}
