import { systemClock } from "../../../infra/clock/clock.ts";
import { readProcess } from "../../../infra/config/read-process.ts";
import { createLog } from "../../../infra/log/log.ts";
import { observeCertificate, renewOnHangup } from "../../../infra/net/certificates.ts";
import { watchDescriptors } from "../../../infra/process/descriptors.ts";
import { announceListening, runMain, untilStopped } from "../../../infra/process/lifecycle.ts";
import { createMetrics } from "../../../infra/telemetry/metrics.ts";
import { startTracing } from "../../../infra/telemetry/tracing.ts";
import type { RunningService, ServiceOptions } from "./service.ts";

/** Runs a service in this process, configured by the environment, until it is told to stop. */
export function runService<Name extends "generate" | "synthesize">(
  name: Name,
  start: (options: ServiceOptions<Name>) => Promise<RunningService>,
): void {
  runMain(async () => {
    const config = readProcess(name, process.env);
    const { credentials, readCredentials } = config;
    const log = createLog({ service: name, level: config.log.level });
    const metrics = createMetrics();
    const clock = systemClock;
    const tracing = await startTracing({ service: `duet-${name}`, env: process.env, log, clock });
    const service = await start({ config, log, metrics, tracer: tracing.tracer, clock });
    observeCertificate(metrics, name, credentials, log);
    renewOnHangup({ credentials, read: readCredentials, onRenewed: service.renew, log });
    watchDescriptors(log, clock);
    announceListening(service.url);
    await untilStopped();
    await service.close();
    await tracing.stop();
  });
}
