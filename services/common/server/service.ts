import type { Clock } from "../../../infra/clock/clock.ts";
import type { ProcessConfig } from "../../../infra/config/read-process.ts";
import type { Log } from "../../../infra/log/log.ts";
import type { OnRenewed } from "../../../infra/net/certificates.ts";
import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import type { Tracer } from "../../../infra/telemetry/tracer.ts";

/** Options of a service. */
export interface ServiceOptions<Name extends "generate" | "synthesize"> {
  readonly config: ProcessConfig<Name>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  readonly clock: Clock;
}

/** A running service, in its own process or in a test. */
export interface RunningService {
  /** The URL at which the service serves gRPC, such as `http://127.0.0.1:50051`. */
  readonly url: string;
  /** Uses new certificates for future connections. */
  readonly renew: OnRenewed;
  /**
   * Accepts no new calls, lets those in progress finish for the drain timeout, then closes everything it has opened.
   */
  close(): Promise<void>;
}
