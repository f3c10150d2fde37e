import type { Clock } from "../clock/clock.ts";
import type { Log } from "../log/log.ts";
import { readOtelEnv } from "./otel-env.ts";
import { noTracer, type Tracer } from "./tracer.ts";

/** Tracing of a process. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what waits to be sent, but takes no longer than a second: a collector that is down holds nobody up. */
  stop(): Promise<void>;
}

/** Options of startTracing. */
export interface TracingOptions {
  /** `service.name` unless OTEL_SERVICE_NAME says another. */
  readonly service: string;
  /** The standard `OTEL_*` variables: the process's own, since the SDK reads some of them itself. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly clock: Clock;
}

// Within the time that npm start, or an orchestrator, gives a process to end.
const flushTimeoutMs = 1_000;

/** Starts tracing if the `OTEL_*` variables ask for it. Else nothing is loaded and no span is made. Does not throw. */
export async function startTracing({ service, env, log, clock }: TracingOptions): Promise<Tracing> {
  const request = readOtelEnv(env);
  for (const complaint of request.complaints) log.warn(complaint);
  if (request.exporter === undefined) return { tracer: noTracer, stop: async () => {} };
  // Some 70 ms of the start and 10 MiB (test/bench/tracing.ts) that only those who look at traces pay.
  const { createOtel } = await import("./otel.ts");
  const otel = createOtel({ service, request, log, clock });
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
