import type { Failure } from "../errors.ts";

/** Runs operations on a store, and remembers what was wrong with the last one. */
export interface Watched {
  /** Runs an operation. Its errors are converted by `toFailure`. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** The full reason why the store did not answer last time; undefined if it did. */
  fault(): string | undefined;
}

/** Watches the operations on a store. */
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
