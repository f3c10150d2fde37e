import { systemClock } from "../../infra/clock/clock.ts";
import { nameOf } from "../../infra/config/declared.ts";
import { readProcess, tellEngineErrors } from "../../infra/config/read-process.ts";
import { createLog } from "../../infra/log/log.ts";
import { observeCertificate, renewOnHangup } from "../../infra/net/certificates.ts";
import { watchDescriptors } from "../../infra/process/descriptors.ts";
import { announceListening, runMain, untilStopped } from "../../infra/process/lifecycle.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { startTracing } from "../../infra/telemetry/tracing.ts";
import { startServer } from "../common/server/server.ts";
import { GenerateServiceDefinition } from "../gen/duet/generate/v1/generate.ts";
import { createEngine } from "./engine.ts";
import { createVllm } from "./engines/openai/server.ts";
import { createGenerateService } from "./service.ts";

runMain(async () => {
  const { generate, engine: used, credentials, ...shared } = readProcess("generate", process.env);
  const clock = systemClock;
  const log = createLog({ service: "generate", level: shared.log.level });
  const metrics = createMetrics();
  const tracing = await startTracing({ service: "duet-generate", env: process.env, log, clock });
  tellEngineErrors(used, log);
  const { url: urls, ...reach } = used.settings;
  const engine = createEngine({
    servers: urls.map((url) => createVllm({ ...reach, ...generate, url, clock, log })),
    plan: used.plan,
    ...generate,
    metrics,
    tracer: tracing.tracer,
    log,
    clock,
  });
  const server = await startServer({
    name: "generate",
    definition: GenerateServiceDefinition,
    implementation: createGenerateService({
      engine,
      config: used.bytes,
      maxTokens: generate.maxTokens,
      metrics,
      clock,
    }),
    listen: { address: generate.listen, setting: nameOf("generate.listen") },
    adminListen: { address: generate.adminListen, setting: nameOf("generate.adminListen") },
    credentials,
    metrics,
    tracer: tracing.tracer,
    log,
    clock,
    notReady: engine.notReady,
    drainTimeoutMs: shared.drainTimeoutMs,
  });
  observeCertificate(metrics, "generate", credentials, log);
  renewOnHangup({ credentials, read: shared.readCredentials, onRenewed: server.renew, log });
  watchDescriptors(log, clock);
  announceListening(server.url);
  await untilStopped();
  await server.drain();
  await engine.close();
  await tracing.stop();
});
