import type { Clock } from "../clock/clock.ts";
import type { Log } from "../log/log.ts";
import { noTracer, type Tracer } from "./tracer.ts";

/** The tracing of a process. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Exports the remaining spans, within at most a second: a collector that is down must not delay anybody. */
  stop(): Promise<void>;
}

/** Options of startTracing. */
export interface TracingOptions {
  /** The `service.name`, unless OTEL_SERVICE_NAME sets another. */
  readonly service: string;
  /** The standard `OTEL_*` variables: the process's own, since the SDK reads them itself. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly clock: Clock;
}

// Less than what `npm start`, or an orchestrator, allows a process for its exit.
const flushTimeoutMs = 1_000;

/**
 * Starts tracing if the `OTEL_*` variables request it. Otherwise nothing is loaded and no spans are made. It does not
 * throw.
 */
export async function startTracing({ service, env, log, clock }: TracingOptions): Promise<Tracing> {
  if (!asksForTraces(env)) return { tracer: noTracer, stop: async () => {} };
  // What this costs at the start (test/bench/tracing.ts) only those pay who look at traces.
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
 * Whether spans are to go anywhere. By the standard they go to a collector on this machine where nothing is said; here
 * either an endpoint or OTEL_TRACES_EXPORTER has to be.
 */
export function asksForTraces(env: NodeJS.ProcessEnv): boolean {
  const read = (name: string) => env[name]?.trim() || undefined;
  if (read("OTEL_SDK_DISABLED")?.toLowerCase() === "true") return false;
  const exporter = read("OTEL_TRACES_EXPORTER");
  if (exporter !== undefined) return exporter !== "none";
  return (read("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") ?? read("OTEL_EXPORTER_OTLP_ENDPOINT")) !== undefined;
}
