import type { Failure } from "../errors.ts";

/** Work on a store, and what was wrong with the last of it. */
export interface Watched {
  /** Does it. Throws what `toFailure` makes of its error. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Why the store does not answer, in full; undefined if it did when it was last asked. */
  fault(): string | undefined;
}

/** Watches the work on a store. */
export function watchWork(toFailure: (error: unknown) => Failure): Watched {
  let fault: string | undefined;
  return {
    async run(work) {
      try {
        const done = await work();
        fault = undefined;
        return done;
      } catch (error) {
        const failure = toFailure(error);
        fault = failure.inFull;
        throw failure;
      }
    },
    fault: () => fault,
  };
}
