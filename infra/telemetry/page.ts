import { Counter, type Metric, type OpenMetricsContentType, Registry } from "prom-client";

/** What `/metrics` answers. */
export interface MetricsPage {
  readonly body: string;
  readonly contentType: string;
}

/**
 * Prints metrics as their reader asks for them by its `accept`: in OpenMetrics, which has exemplars of traces, to whoever would rather have that,
 * as a Prometheus would; to all others in the plain format. Names, labels and values are the same in both.
 */
export async function printMetrics(registry: Registry, accept = ""): Promise<MetricsPage> {
  const printed = prefersOpenMetrics(accept) ? await toOpenMetrics(registry) : registry;
  return { body: await printed.metrics(), contentType: printed.contentType };
}

/** Whether OpenMetrics stands in an `accept` with a weight above 0, and no lower one than plain text has. */
export function prefersOpenMetrics(accept: string): boolean {
  const ranges = accept.toLowerCase().split(",").map(readRange);
  const weightOf = (wanted: string) =>
    Math.max(0, ...ranges.filter(({ type }) => type === wanted).map(({ weight }) => weight));
  const weight = weightOf("application/openmetrics-text");
  return weight > 0 && weight >= weightOf("text/plain");
}

/** One of the types of an `accept`, and its weight, from 0 to 1: what cannot be read has none. */
function readRange(range: string): { readonly type: string; readonly weight: number } {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
  return { type, weight: Number(weight) || 0 };
}

/** A registry of the same metrics. prom-client takes `_total` from the names of counters that it prints so: the names of ours stay as they are. */
async function toOpenMetrics(registry: Registry): Promise<Registry<OpenMetricsContentType>> {
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  // What prom-client types as descriptions are the metrics themselves.
  for (const metric of registry.getMetricsAsArray() as unknown as Metric[])
    open.registerMetric(metric instanceof Counter ? await familyOf(metric) : metric);
  return open;
}

/** A counter as it is now, under the name of its family. */
async function familyOf(counter: Counter): Promise<Counter> {
  const told = await counter.get();
  const name = told.name.replace(/_total$/, "");
  const family = { name, get: async () => ({ ...told, name }) };
  return family as unknown as Counter;
}
