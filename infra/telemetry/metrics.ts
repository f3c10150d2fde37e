import { readFileSync } from "node:fs";
import { Counter, collectDefaultMetrics, Gauge, Histogram, type LabelValues, Registry } from "prom-client";
import { droppedLines } from "../log/log.ts";
import { sampledTraceOf, type TraceContext } from "./tracer.ts";

/** The processes that count. */
export type CountingProcess = "edge" | "generate" | "synthesize";

/** What a metric's name begins with: whose it is. */
type Prefix = `duet_${CountingProcess}`;

/**
 * Labels, each with one meaning wherever it is used: `rpc` is a call's method, `code` how gRPC calls its end, `outcome` how a turn or a
 * segment ended, `engine` what a deployment calls an engine, `substitute` the one that speaks for it, `server` an engine's address,
 * `severity` how bad a difference is, `kind` what sort of token or of bound, `profile` the id of a profile of the config, `border` what a
 * segment ends with, `phase` what the caller of a turn waits for, `reason` the constant that tells a failure,
 * `tenant` a tenant of the deployment, `service` a service as the edge sees it.
 */
export type Label =
  | "rpc"
  | "code"
  | "outcome"
  | "engine"
  | "substitute"
  | "server"
  | "severity"
  | "kind"
  | "profile"
  | "border"
  | "phase"
  | "reason"
  | "tenant"
  | "service";

/**
 * What a process counts. Names follow one scheme, which the types hold: `duet_`, the process, what is counted, and its unit; a count
 * that only grows ends with `_total`, a duration with `_seconds`. Shares are `_ratio`, from 0 to 1. No text of users ever becomes a
 * label.
 */
export interface Metrics {
  /** The registry that `/metrics` prints. */
  readonly registry: Registry;
  /** Those of ours that were registered, in their order. */
  readonly described: readonly Described[];
  /** A count that only grows; `collect` may set it whenever it is asked for. */
  counter<L extends Label>(
    name: `${Prefix}_${string}_total`,
    help: string,
    labels?: readonly L[],
    collect?: (counter: Counter<L>) => void,
  ): Counter<L>;
  /** A value that goes up and down; `collect` may set it whenever it is asked for. */
  gauge<L extends Label>(
    name: `${Prefix}_${string}`,
    help: string,
    labels?: readonly L[],
    collect?: (gauge: Gauge<L>) => void,
  ): Gauge<L>;
  /** A distribution of durations in seconds, by default with the buckets of `gen_ai.server.time_to_first_token`. */
  histogram<L extends Label>(
    name: `${Prefix}_${string}_seconds`,
    help: string,
    labels?: readonly L[],
    buckets?: readonly number[],
  ): Durations<L>;
}

/** A distribution of durations. */
export interface Durations<L extends Label> {
  /** Something took so many seconds. A trace that is recorded becomes the exemplar of its bucket, until another one does. */
  observe(labels: Partial<Record<L, string>>, seconds: number, within?: TraceContext): void;
}

/** A metric as people are told of it. */
export interface Described {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
}

/** OpenTelemetry's advised buckets for a time to first token, in seconds. */
export const firstByteBuckets = [0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30];

/** Makes the metrics of one process, those of Node itself included unless `runtime` is false. */
export function createMetrics({ runtime = true }: { runtime?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (runtime) {
    collectDefaultMetrics({ register: registry });
    // Gauges that are called totals: the gauges beside them, by type, say the same.
    for (const name of misnamed) registry.removeSingleMetric(name);
    countDroppedLines(registers);
    tellBuild(registers);
  }
  const described: Described[] = [];
  const describe = (type: Described["type"], name: string, help: string, labels: readonly string[]) =>
    void described.push({ name, type, help, labels });
  return {
    registry,
    described,
    counter<L extends Label>(
      name: string,
      help: string,
      labels: readonly L[] = [],
      collect?: (counter: Counter<L>) => void,
    ) {
      describe("counter", name, help, labels);
      const made: Counter<L> = new Counter<L>({
        name,
        help,
        labelNames: labels,
        registers,
        ...(collect && { collect: () => collect(made) }),
      });
      return harmless(made, "inc");
    },
    gauge<L extends Label>(name: string, help: string, labels: readonly L[] = [], collect?: (gauge: Gauge<L>) => void) {
      describe("gauge", name, help, labels);
      const made: Gauge<L> = new Gauge<L>({
        name,
        help,
        labelNames: labels,
        registers,
        ...(collect && { collect: () => collect(made) }),
      });
      return harmless(made, "set", "inc", "dec");
    },
    histogram<L extends Label>(
      name: string,
      help: string,
      labelNames: readonly L[] = [],
      buckets: readonly number[] = firstByteBuckets,
    ) {
      describe("histogram", name, help, labelNames);
      const made = new Histogram<L>({
        name,
        help,
        labelNames,
        buckets: [...buckets],
        // It registers itself only where all is printed in OpenMetrics; here that is for the reader to say (page.ts).
        registers: [],
        enableExemplars: true,
      });
      registry.registerMetric(made);
      const observe = (labels: Partial<Record<L, string>>, value: number, within: TraceContext = {}) => {
        const trace = sampledTraceOf(within);
        // The types of prom-client know no label of an exemplar that is none of the metric's own.
        const exemplarLabels = (trace === undefined ? {} : { [traceLabel]: trace }) as object;
        made.observe({ labels: labels as LabelValues<L>, value, exemplarLabels });
      };
      return harmless<Durations<L>>({ observe }, "observe");
    },
  };
}

/**
 * Tells a count as 0 under each of these labels before anything is counted. Prometheus sees a count grow from one scrape to the next: what a count is
 * at its first is no growth, and an alert would miss it. So each count that a rule asks of is told from the start.
 */
export function startAtZero<L extends Label>(
  counter: Counter<L>,
  labels: readonly Readonly<Record<L, string>>[],
): void {
  for (const each of labels) counter.inc(each as LabelValues<L>, 0);
}

/** What an exemplar's trace is called: Grafana looks for it under this name, and OpenTelemetry writes it so. */
export const traceLabel = "trace_id";

const misnamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

/** Which build runs, as a label: a version is no number. */
function tellBuild(registers: Registry[]): void {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const labels = { version: String(version), node: process.version };
  const help = "1, with the version of Duet and of Node.js that runs.";
  new Gauge({ name: "duet_build_info", help, labelNames: Object.keys(labels), registers }).set(labels, 1);
}

/** The log tells of it too, once it can again; here it is told while it cannot. */
function countDroppedLines(registers: Registry[]): void {
  new Counter({
    name: "duet_log_lines_dropped_total",
    help: "Lines of the log that could not be written: its disk is full, or nobody reads it",
    registers,
    collect() {
      this.reset();
      this.inc(droppedLines());
    },
  });
}

/** What cannot be counted, such as a count below zero that somebody told us, is dropped: nothing ends because it is counted. */
function harmless<M extends object>(metric: M, ...methods: (keyof M)[]): M {
  for (const method of methods) {
    const count = metric[method] as (...values: unknown[]) => void;
    const dropping = (...values: unknown[]) => {
      // Not a number would be added, and nothing could be added to it any more.
      if (values.some(Number.isNaN)) return;
      try {
        count.apply(metric, values);
      } catch {
        // The others are still true.
      }
    };
    metric[method] = dropping as M[typeof method];
  }
  return metric;
}
