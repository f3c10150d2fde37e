/** What the `OTEL_*` variables ask for. */
export interface OtelRequest {
  /** Where spans go; undefined: nowhere. */
  readonly exporter: "otlp" | "console" | undefined;
  readonly sampler: SamplerName;
  /** The share of traces that a `…traceidratio` sampler keeps, 0 to 1. */
  readonly ratio: number;
  /** How spans are gathered before they are sent. */
  readonly batch: {
    readonly scheduledDelayMillis: number;
    readonly maxQueueSize: number;
    readonly maxExportBatchSize: number;
    readonly exportTimeoutMillis: number;
  };
  /** What was asked for and cannot be had, a line each with the remedy. */
  readonly complaints: readonly string[];
}

const samplers = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

/** A sampler by its standard name. */
export type SamplerName = (typeof samplers)[number];

/**
 * Reads the standard variables, with the standard's defaults (opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables)
 * but one: without an endpoint or OTEL_TRACES_EXPORTER no span goes anywhere. As the standard wants it, a wrong value is told and
 * passed over, not a reason to stop. Endpoint, headers, timeout, compression and resource attributes are read by the SDK itself.
 */
export function readOtelEnv(env: NodeJS.ProcessEnv): OtelRequest {
  const complaints: string[] = [];
  const read = (name: string) => env[name]?.trim() || undefined;
  const number = (name: string, least: number, most: number, fallback: number) => {
    const text = read(name);
    const value = Number(text ?? fallback);
    if (value >= least && value <= most) return value;
    complaints.push(`${name}=${text}: must be a number from ${least} to ${most}; ${fallback} is taken`);
    return fallback;
  };
  const readExporter = () => {
    if (read("OTEL_SDK_DISABLED")?.toLowerCase() === "true") return undefined;
    const hasEndpoint = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"].some((name) =>
      read(name),
    );
    const name = read("OTEL_TRACES_EXPORTER") ?? (hasEndpoint ? "otlp" : "none");
    if (name === "otlp" || name === "console") return name;
    if (name !== "none") complaints.push(`OTEL_TRACES_EXPORTER=${name}: must be otlp, console or none; none is taken`);
    return undefined;
  };
  const readSampler = (): SamplerName => {
    const text = read("OTEL_TRACES_SAMPLER") ?? "parentbased_always_on";
    const name = samplers.find((sampler) => sampler === text);
    if (name === undefined)
      complaints.push(
        `OTEL_TRACES_SAMPLER=${text}: must be one of ${samplers.join(", ")}; parentbased_always_on is taken`,
      );
    return name ?? "parentbased_always_on";
  };

  const exporter = readExporter();
  const protocol = read("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? read("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "http/protobuf";
  if (exporter === "otlp" && protocol !== "http/protobuf")
    complaints.push(
      `OTEL_EXPORTER_OTLP_PROTOCOL=${protocol}: spans are sent as http/protobuf, to the collector's HTTP port (4318, not 4317)`,
    );
  const maxQueueSize = number("OTEL_BSP_MAX_QUEUE_SIZE", 1, 1_000_000, 2048);
  return {
    exporter,
    sampler: readSampler(),
    ratio: number("OTEL_TRACES_SAMPLER_ARG", 0, 1, 1),
    batch: {
      scheduledDelayMillis: number("OTEL_BSP_SCHEDULE_DELAY", 0, 600_000, 5000),
      maxQueueSize,
      maxExportBatchSize: number("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 1, maxQueueSize, Math.min(512, maxQueueSize)),
      exportTimeoutMillis: number("OTEL_BSP_EXPORT_TIMEOUT", 1, 600_000, 30_000),
    },
    complaints,
  };
}
