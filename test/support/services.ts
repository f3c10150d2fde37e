import { Writable } from "node:stream";
import { pino } from "pino";
import { systemClock } from "../../infra/clock/clock.ts";
import { readProcess } from "../../infra/config/read-process.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { noTracer } from "../../infra/telemetry/tracer.ts";
import type { RunningService, ServiceOptions } from "../../services/common/server/service.ts";
import { environment } from "./environment.ts";

/**
 * A service that runs in the process of its test, on a port of its own, as its variables say: gRPC over a socket, as
 * ever. A process of its own costs two seconds of a core, most of them spent on loading: that is for tests of
 * processes, by `startProgram`.
 */
export interface HostedService {
  /** Where it listens. */
  readonly url: string;
  /** The end of what it logged. */
  readonly written: string;
  /** Lets what runs finish, and ends it. */
  stop(): Promise<void>;
}

/** Starts a service that is hosted here. */
export async function hostService<Name extends "generate" | "synthesize">(
  name: Name,
  start: (options: ServiceOptions<Name>) => Promise<RunningService>,
  variables: Record<string, string>,
): Promise<HostedService> {
  const config = readProcess(name, environment({ DUET_LOG_LEVEL: "warn", ...variables }));
  let written = "";
  const output = new Writable({
    write(line: Buffer, _encoding, done) {
      written = (written + line).slice(-10_000);
      done();
    },
  });
  const log = pino({ level: config.log.level, base: { service: name } }, output);
  const metrics = createMetrics({ runtime: false });
  const service = await start({ config, log, metrics, tracer: noTracer, clock: systemClock });
  return {
    url: service.url,
    get written() {
      return written;
    },
    stop: service.close,
  };
}
