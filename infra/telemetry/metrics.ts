import { readFileSync } from "node:fs";
import { Counter, collectDefaultMetrics, Gauge, Histogram, type LabelValues, Registry } from "prom-client";
import { droppedLines } from "../log/log.ts";
import { sampledTraceOf, type TraceContext } from "./tracer.ts";

/** The processes that have metrics. */
export type CountingProcess = "edge" | "generate" | "synthesize";

/** The prefix of the names of a process's metrics. */
type Prefix = `duet_${CountingProcess}`;

/**
 * Labels, each with the same meaning in all metrics. `rpc`: a call's method. `code`: the gRPC status of a call's end.
 * `outcome`: how a turn or segment ended. `engine`: an engine's name. `substitute`: the engine that speaks instead.
 * `server`: an engine's URL. `severity`: how serious the difference between an engine and its config is. `kind`: a type
 * of token or limit. `profile`: a profile's id. `border`: what a segment ends with. `phase`: what the caller of a turn
 * waits for. `reason`: a constant that identifies a failure. `tenant`: a tenant of the deployment. `service`: a service
 * as the edge sees it.
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
 * The metrics of a process. Names follow one scheme, which the types enforce: `duet_`, the process, what is measured,
 * and the unit; a counter ends with `_total`, a duration with `_seconds`. Fractions are `_ratio`, from 0 to 1. No text
 * of users ever becomes a label.
 */
export interface Metrics {
  /** The registry that `/metrics` serves. */
  readonly registry: Registry;
  /** Our own metrics, in the order of registration. */
  readonly described: readonly Described[];
  /** Makes a counter; `collect` is called each time that the metrics are read, and may update the counter first. */
  counter<L extends Label>(
    name: `${Prefix}_${string}_total`,
    help: string,
    labels?: readonly L[],
    collect?: (counter: Counter<L>) => void,
  ): Counter<L>;
  /** Makes a gauge; `collect` is called each time that the metrics are read, and may update the gauge first. */
  gauge<L extends Label>(
    name: `${Prefix}_${string}`,
    help: string,
    labels?: readonly L[],
    collect?: (gauge: Gauge<L>) => void,
  ): Gauge<L>;
  /**
   * A histogram of durations in seconds, by default with the buckets recommended for
   * `gen_ai.server.time_to_first_token`.
   */
  histogram<L extends Label>(
    name: `${Prefix}_${string}_seconds`,
    help: string,
    labels?: readonly L[],
    buckets?: readonly number[],
  ): Durations<L>;
}

/** A histogram of durations. */
export interface Durations<L extends Label> {
  /**
   * Records a duration. If `within` belongs to a sampled trace, the trace becomes the exemplar of the duration's
   * bucket, until another trace replaces it.
   */
  observe(labels: Partial<Record<L, string>>, seconds: number, within?: TraceContext): void;
}

/** The name, type, help text, labels and buckets of a metric, for listing all metrics. */
export interface Described {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  /** Of a histogram: the upper bounds of its buckets, in seconds. */
  readonly buckets?: readonly number[];
}

/** OpenTelemetry's recommended buckets for the time to first token, in seconds. */
export const firstByteBuckets = [0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30];

/** Makes the metrics of one process, including those of Node itself unless `runtime` is false. */
export function createMetrics({ runtime = true }: { runtime?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (runtime) {
    collectDefaultMetrics({ register: registry });
    // Removes Node's gauges whose names end with `_total`, a suffix reserved for counters. Other gauges give the same
    // numbers, split by type.
    for (const name of misnamed) registry.removeSingleMetric(name);
    countDroppedLines(registers);
    tellBuild(registers);
  }
  const described: Described[] = [];
  const describe = (type: Described["type"], name: string, help: string, labels: readonly string[]) =>
    described.push({ name, type, help, labels });
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
      described.push({ name, type: "histogram", help, labels: labelNames, buckets });
      const made = new Histogram<L>({
        name,
        help,
        labelNames,
        buckets: [...buckets],
        // The metric is not registered here, since prom-client would then limit the registry to OpenMetrics; in our
        // case the reader chooses the format (page.ts).
        registers: [],
        enableExemplars: true,
      });
      registry.registerMetric(made);
      const observe = (labels: Partial<Record<L, string>>, value: number, within: TraceContext = {}) => {
        const trace = sampledTraceOf(within);
        // The cast is needed since prom-client's types allow only the metric's own labels in an exemplar.
        const exemplarLabels = (trace === undefined ? {} : { [traceLabel]: trace }) as object;
        made.observe({ labels: labels as LabelValues<L>, value, exemplarLabels });
      };
      return harmless<Durations<L>>({ observe }, "observe");
    },
  };
}

/**
 * Sets a counter to 0 for each of these label values. Prometheus sees growth only between two scrapes: the first value
 * of a new series is not growth, so an alert would miss it. Therefore every counter that an alerting rule uses exists
 * from the start.
 */
export function startAtZero<L extends Label>(
  counter: Counter<L>,
  labels: readonly Readonly<Record<L, string>>[],
): void {
  for (const each of labels) counter.inc(each as LabelValues<L>, 0);
}

/**
 * The label of an exemplar that contains the trace id: Grafana looks for it under this name, and OpenTelemetry uses it
 * too.
 */
export const traceLabel = "trace_id";

const misnamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

/** Registers a gauge whose labels are the running versions, since a gauge's value can only be a number. */
function tellBuild(registers: Registry[]): void {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const labels = { version: String(version), node: process.version };
  const help = "Always 1; its labels are the running versions of Duet and Node.js.";
  new Gauge({ name: "duet_build_info", help, labelNames: Object.keys(labels), registers }).set(labels, 1);
}

/** Registers a counter of dropped log lines: the log itself reports them only once it can be written again. */
function countDroppedLines(registers: Registry[]): void {
  new Counter({
    name: "duet_log_lines_dropped_total",
    help: "Log lines that could not be written because the disk is full or nothing reads the log",
    registers,
    collect() {
      this.reset();
      this.inc(droppedLines());
    },
  });
}

/**
 * Makes the given methods of a metric ignore invalid values, such as a negative count that another process sent:
 * counting must never make a request fail.
 */
function harmless<M extends object>(metric: M, ...methods: (keyof M)[]): M {
  for (const method of methods) {
    const count = metric[method] as (...values: unknown[]) => void;
    const dropping = (...values: unknown[]) => {
      // Adding NaN would make the value unusable from then on.
      if (values.some(Number.isNaN)) return;
      try {
        count.apply(metric, values);
      } catch {
        // Metrics are only for observation, so a metric that fails is ignored.
      }
    };
    metric[method] = dropping as M[typeof method];
  }
  return metric;
}
