import type { Cut } from "../text/words.ts";

/** A text that is still being written. Another engine that takes it over can read it again from its beginning. */
export interface Script {
  /**
   * The whole text, cut into clauses. Throws the writer's error. A reader that stops early does not stop the writer.
   */
  read(): AsyncGenerator<Cut>;
  /** Ends the source of the text, since nobody will read the text any more. */
  close(): void;
}

/** Creates a Script. All clauses that have been read stay in memory: a text has at most 200,000 characters. */
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
      // Not awaited: if the writer never writes again, `return` resolves only when the whole call ends.
      source.return?.().catch(() => {});
    },
  };
}
