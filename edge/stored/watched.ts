import type { Failure } from "../errors.ts";

/** Runs operations on a store, and remembers why the last operation failed, if it did. */
export interface Watched {
  /** Runs an operation on the store, and converts any error by `toFailure`. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Why the last operation failed, in full; undefined if it succeeded. */
  fault(): string | undefined;
}

/** Creates a `Watched`; before its first operation, `fault` returns undefined. */
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
