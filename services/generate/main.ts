import { systemClock } from "../../infra/clock/clock.ts";
import { readEngines } from "../../infra/config/engines.ts";
import { readSettings } from "../../infra/config/settings/read.ts";
import { createLog } from "../../infra/log/log.ts";
import { credentialSettings, readCredentials } from "../../infra/net/credentials.ts";
import { announceListening, runMain, untilStopped } from "../../infra/process/lifecycle.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { startTracing } from "../../infra/telemetry/tracing.ts";
import { startServer } from "../common/server/server.ts";
import { GenerateServiceDefinition } from "../gen/duet/generate/v1/generate.ts";
import { createEngine } from "./engine.ts";
import { createVllm } from "./engines/openai/server.ts";
import { createGenerateService } from "./service.ts";

runMain(async () => {
  const settings = readSettings(
    [
      "DUET_LOG_LEVEL",
      "DUET_DRAIN_TIMEOUT_MS",
      ...credentialSettings,
      "DUET_VLLM_URL",
      "DUET_VLLM_API_KEY",
      "DUET_VLLM_MODEL",
      "DUET_MAX_TOKENS",
      "DUET_FIRST_TOKEN_TIMEOUT_MS",
      "DUET_STALL_TIMEOUT_MS",
      "DUET_GENERATE_TTFT_SLO_MS",
      "DUET_GENERATE_MAX_IN_FLIGHT",
      "DUET_GENERATE_MAX_QUEUED",
      "DUET_GENERATE_QUEUE_TIMEOUT_MS",
      "DUET_GENERATE_LISTEN",
      "DUET_GENERATE_ADMIN_LISTEN",
    ],
    process.env,
  );
  const clock = systemClock;
  const log = createLog({ service: "generate", level: settings.DUET_LOG_LEVEL });
  const metrics = createMetrics();
  const tracing = await startTracing({ service: "duet-generate", env: process.env, log, clock });
  const { plan, bytes } = readEngines(process.env, log);
  const { DUET_FIRST_TOKEN_TIMEOUT_MS: firstTokenTimeoutMs, DUET_STALL_TIMEOUT_MS: stallTimeoutMs } = settings;
  const reach = {
    apiKey: settings.DUET_VLLM_API_KEY,
    model: settings.DUET_VLLM_MODEL,
    firstTokenTimeoutMs,
    stallTimeoutMs,
    clock,
  };
  const engine = createEngine({
    servers: settings.DUET_VLLM_URL.map((url) => createVllm({ url, ...reach })),
    plan: plan.vllm,
    ttftSloMs: settings.DUET_GENERATE_TTFT_SLO_MS,
    maxInFlight: settings.DUET_GENERATE_MAX_IN_FLIGHT,
    maxQueued: settings.DUET_GENERATE_MAX_QUEUED,
    queueTimeoutMs: settings.DUET_GENERATE_QUEUE_TIMEOUT_MS,
    firstTokenTimeoutMs,
    stallTimeoutMs,
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
      config: bytes.vllm,
      maxTokens: settings.DUET_MAX_TOKENS,
      metrics,
      clock,
    }),
    listen: { address: settings.DUET_GENERATE_LISTEN, setting: "DUET_GENERATE_LISTEN" },
    adminListen: { address: settings.DUET_GENERATE_ADMIN_LISTEN, setting: "DUET_GENERATE_ADMIN_LISTEN" },
    credentials: readCredentials(settings),
    metrics,
    tracer: tracing.tracer,
    log,
    clock,
    notReady: engine.notReady,
    drainTimeoutMs: settings.DUET_DRAIN_TIMEOUT_MS,
  });
  announceListening(server.url);
  await untilStopped();
  await server.drain();
  await engine.close();
  await tracing.stop();
});
