import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What a process counts; names begin with `duet_`. No text of users ever becomes a label. */
export interface Metrics {
  /** The registry that `/metrics` prints. */
  readonly registry: Registry;
  /** A count that only grows. */
  counter<L extends string>(name: string, help: string, labels?: readonly L[]): Counter<L>;
  /** A value that goes up and down; `collect` may set it whenever it is asked for. */
  gauge<L extends string>(
    name: string,
    help: string,
    labels?: readonly L[],
    collect?: (gauge: Gauge<L>) => void,
  ): Gauge<L>;
  /** A distribution of durations in seconds, by default with the buckets of `gen_ai.server.time_to_first_token`. */
  histogram<L extends string>(
    name: string,
    help: string,
    labels?: readonly L[],
    buckets?: readonly number[],
  ): Histogram<L>;
}

/** OpenTelemetry's advised buckets for a time to first token, in seconds. */
export const firstByteBuckets = [0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30];

/** Makes the metrics of one process, those of Node itself included unless `runtime` is false. */
export function createMetrics({ runtime = true }: { runtime?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (runtime) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    counter: (name, help, labelNames = []) => new Counter({ name, help, labelNames, registers }),
    gauge<L extends string>(
      name: string,
      help: string,
      labels: readonly L[] = [],
      collect?: (gauge: Gauge<L>) => void,
    ) {
      const made: Gauge<L> = new Gauge<L>({
        name,
        help,
        labelNames: labels,
        registers,
        ...(collect && { collect: () => collect(made) }),
      });
      return made;
    },
    histogram: (name, help, labelNames = [], buckets = firstByteBuckets) =>
      new Histogram({ name, help, labelNames, buckets: [...buckets], registers }),
  };
}
