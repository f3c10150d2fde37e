/**
 * What a turn's speech passes on its way to a file or a line: samples in, samples or bytes out. What comes out does not depend on how the
 * samples were cut, and nothing is held back for longer than a stage's own look ahead.
 */
export interface Stage<Out> {
  /** Takes samples, mono; returns what they complete. The samples are not kept. */
  push(samples: Int16Array): Out;
  /** There are no more: returns the rest. */
  end(): Out;
  /** Frees what it holds; it may be called more than once, also without `end`. */
  close(): void;
}

/** Changes speech. */
export type Filter = Stage<Int16Array>;

/** Writes speech down. */
export type Encoder = Stage<Uint8Array>;

/** A stage that holds nothing back, and nothing to be freed. */
export function stateless<Out>(push: (samples: Int16Array) => Out): Stage<Out> {
  return { push, end: () => push(new Int16Array()), close() {} };
}

/** One stage of a filter and what follows it. */
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
