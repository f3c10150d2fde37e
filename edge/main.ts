import { systemClock } from "../infra/clock/clock.ts";
import { readSettings } from "../infra/config/settings/read.ts";
import { createLog } from "../infra/log/log.ts";
import { formatAddress } from "../infra/net/address.ts";
import { credentialSettings, readCredentials } from "../infra/net/credentials.ts";
import { announceListening, runMain, untilStopped } from "../infra/process/lifecycle.ts";
import { createMetrics } from "../infra/telemetry/metrics.ts";
import { startTracing } from "../infra/telemetry/tracing.ts";
import { startEdge } from "./edge.ts";
import { createPlayground } from "./playground/serve.ts";

runMain(async () => {
  const settings = readSettings(
    [
      "DUET_LISTEN",
      "DUET_GENERATE_URL",
      "DUET_SYNTHESIZE_URL",
      ...credentialSettings,
      "DUET_CORS_ORIGINS",
      "DUET_INSTRUCTIONS",
      "DUET_SCRIPTED",
      "DUET_MAX_TURNS",
      "DUET_DRAIN_TIMEOUT_MS",
      "DUET_LOG_LEVEL",
    ],
    process.env,
  );
  const log = createLog({ service: "edge", level: settings.DUET_LOG_LEVEL });
  const clock = systemClock;
  const tracing = await startTracing({ service: "duet-edge", env: process.env, log, clock });
  const edge = await startEdge({
    listen: settings.DUET_LISTEN,
    generateUrl: settings.DUET_GENERATE_URL,
    synthesizeUrl: settings.DUET_SYNTHESIZE_URL,
    credentials: readCredentials(settings),
    corsOrigins: settings.DUET_CORS_ORIGINS,
    instructions: settings.DUET_INSTRUCTIONS,
    scripted: settings.DUET_SCRIPTED,
    maxTurns: settings.DUET_MAX_TURNS,
    page: (await createPlayground()).answer,
    log,
    metrics: createMetrics(),
    tracer: tracing.tracer,
    clock,
  });
  const url = `http://${formatAddress(edge.address)}`;
  log.info({ url }, "listening");
  announceListening(url);
  await untilStopped();
  log.info({ turns: edge.turnCount }, "draining");
  await edge.drain(settings.DUET_DRAIN_TIMEOUT_MS);
  await tracing.stop();
});
