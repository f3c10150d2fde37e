import { Counter, type Metric, type OpenMetricsContentType, Registry } from "prom-client";

/** The response of `/metrics`. */
export interface MetricsPage {
  readonly body: string;
  readonly contentType: string;
}

/**
 * Prints metrics in the format requested by an `accept` header: OpenMetrics, which includes trace exemplars, for
 * readers that prefer it, such as Prometheus; the plain format for all others. Names, labels and values are the same in
 * both.
 */
export async function printMetrics(registry: Registry, accept = ""): Promise<MetricsPage> {
  const printed = prefersOpenMetrics(accept) ? await toOpenMetrics(registry) : registry;
  return { body: await printed.metrics(), contentType: printed.contentType };
}

/** Whether an `accept` header prefers OpenMetrics: its weight is above 0, and not below that of plain text. */
export function prefersOpenMetrics(accept: string): boolean {
  const ranges = accept.toLowerCase().split(",").map(readRange);
  const weightOf = (wanted: string) =>
    Math.max(0, ...ranges.filter(({ type }) => type === wanted).map(({ weight }) => weight));
  const weight = weightOf("application/openmetrics-text");
  return weight > 0 && weight >= weightOf("text/plain");
}

/** A media range of an `accept` header, and its weight, from 0 to 1; the weight is 0 if it cannot be parsed. */
function readRange(range: string): { readonly type: string; readonly weight: number } {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
  return { type, weight: Number(weight) || 0 };
}

/**
 * A registry with the same metrics, for output as OpenMetrics. In that format the name of a counter's family
 * lacks `_total`, and prom-client adds `_total` to the samples' names: so counters are registered without `_total`.
 */
async function toOpenMetrics(registry: Registry): Promise<Registry<OpenMetricsContentType>> {
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  // According to prom-client's types these are descriptions, but they are the metrics themselves.
  for (const metric of registry.getMetricsAsArray() as unknown as Metric[])
    open.registerMetric(metric instanceof Counter ? await familyOf(metric) : metric);
  return open;
}

/** A snapshot of a counter, named without `_total`, as OpenMetrics names the family. */
async function familyOf(counter: Counter): Promise<Counter> {
  const told = await counter.get();
  const name = told.name.replace(/_total$/, "");
  const family = { name, get: async () => ({ ...told, name }) };
  return family as unknown as Counter;
}
