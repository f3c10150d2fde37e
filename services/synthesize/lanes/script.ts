import type { Cut } from "../text/words.ts";

/** A text that is still being written, and can be read again from its beginning by whoever takes over. */
export interface Script {
  /**
   * The whole text, as it was cut into clauses. Throws the writer's error. A reader that stops does not end the source.
   */
  read(): AsyncGenerator<Cut>;
  /** Ends the source: nobody will read any more. */
  close(): void;
}

/** Makes a script. All that was read is kept in memory: a call has at most 200,000 characters. */
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
      // This is not awaited: a writer that never writes again ends only with its call.
      source.return?.().catch(() => {});
    },
  };
}
