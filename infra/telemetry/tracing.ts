import type { Clock } from "../clock/clock.ts";
import type { Log } from "../log/log.ts";
import { noTracer, type Tracer } from "./tracer.ts";

/** The tracing of a process. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Exports the remaining spans. This takes at most a second: a collector that is down must not delay the shutdown. */
  stop(): Promise<void>;
}

/** Options of startTracing. */
export interface TracingOptions {
  /** The `service.name`, unless OTEL_SERVICE_NAME sets another. */
  readonly service: string;
  /** The environment of this process, whose standard `OTEL_*` variables the SDK reads itself. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly clock: Clock;
}

// The time limit for exporting the last spans, in ms: less than `npm start` or an orchestrator gives a process to exit.
const flushTimeoutMs = 1_000;

/**
 * Starts tracing if the `OTEL_*` variables request it. Otherwise nothing is loaded and no spans are made. Never throws.
 */
export async function startTracing({ service, env, log, clock }: TracingOptions): Promise<Tracing> {
  if (!asksForTraces(env)) return { tracer: noTracer, stop: async () => {} };
  // The SDK is loaded only here, so that it does not slow down the start of processes without tracing
  // (test/bench/tracing.ts).
  const { createOtel } = await import("./otel.ts");
  const otel = createOtel({ service, env, log, clock });
  return {
    tracer: otel.tracer,
    async stop() {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancel = clock.after(flushTimeoutMs, resolve);
      await Promise.race([otel.shutdown(), late]);
      cancel();
    },
  };
}

/**
 * Whether spans are to be exported. By the OpenTelemetry standard, spans go to a collector on this machine if nothing
 * is set; Duet exports spans only if an endpoint or OTEL_TRACES_EXPORTER is set.
 */
export function asksForTraces(env: NodeJS.ProcessEnv): boolean {
  const read = (name: string) => env[name]?.trim() || undefined;
  if (read("OTEL_SDK_DISABLED")?.toLowerCase() === "true") return false;
  const exporter = read("OTEL_TRACES_EXPORTER");
  if (exporter !== undefined) return exporter !== "none";
  return (read("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") ?? read("OTEL_EXPORTER_OTLP_ENDPOINT")) !== undefined;
}
