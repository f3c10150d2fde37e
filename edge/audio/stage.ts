/**
 * A step through which a turn's speech passes on its way to a file or telephone line: samples in, samples or bytes out.
 * The output does not depend on how the samples were split up, and nothing is held back for longer than the stage's own
 * look-ahead.
 */
export interface Stage<Out> {
  /** Takes mono samples, and returns the output that is now complete. Keeps no reference to the samples. */
  push(samples: Int16Array): Out;
  /** Returns the rest of the output. To be called when no more samples will come. */
  end(): Out;
  /** Frees the stage's resources. May be called more than once, and without an earlier call of `end`. */
  close(): void;
}

/** A stage that transforms samples. */
export type Filter = Stage<Int16Array>;

/** A stage that encodes samples. */
export type Encoder = Stage<Uint8Array>;

/** Makes a stage that holds nothing back and has nothing to free. */
export function stateless<Out>(push: (samples: Int16Array) => Out): Stage<Out> {
  return { push, end: () => push(new Int16Array()), close() {} };
}

/** Makes one stage of a filter and the stage `rest` that follows it; `join` joins the output of both at the end. */
export function chain<Out>(filter: Filter, rest: Stage<Out>, join: (pieces: Out[]) => Out): Stage<Out> {
  return {
    push: (samples) => rest.push(filter.push(samples)),
    end: () => join([rest.push(filter.end()), rest.end()]),
    close() {
      filter.close();
      rest.close();
    },
  };
}
