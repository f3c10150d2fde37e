import type { Clock } from "../../../infra/clock/clock.ts";
import type { ProcessConfig } from "../../../infra/config/read-process.ts";
import type { Log } from "../../../infra/log/log.ts";
import type { OnRenewed } from "../../../infra/net/certificates.ts";
import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import type { Tracer } from "../../../infra/telemetry/tracer.ts";

/** What a service is made of. */
export interface ServiceOptions<Name extends "generate" | "synthesize"> {
  readonly config: ProcessConfig<Name>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  readonly clock: Clock;
}

/** A service that runs, whether a process of its own has it or a test. */
export interface RunningService {
  /** Where it serves gRPC, such as `http://127.0.0.1:50051`. */
  readonly url: string;
  /** Meets callers with these certificates from now on. */
  readonly renew: OnRenewed;
  /** Takes no new call, lets those that run finish for the drain timeout, and ends all that it has opened. */
  close(): Promise<void>;
}
