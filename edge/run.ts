import { systemClock } from "../infra/clock/clock.ts";
import { nameOf } from "../infra/config/declared.ts";
import { readProcess } from "../infra/config/read-process.ts";
import { createLog } from "../infra/log/log.ts";
import { formatAddress } from "../infra/net/address.ts";
import { observeCertificate, renewOnHangup } from "../infra/net/certificates.ts";
import { watchDescriptors } from "../infra/process/descriptors.ts";
import { announceListening, runMain, untilStopped } from "../infra/process/lifecycle.ts";
import { openRedis } from "../infra/stores/redis.ts";
import { createMetrics } from "../infra/telemetry/metrics.ts";
import { startTracing } from "../infra/telemetry/tracing.ts";
import { startEdge } from "./edge.ts";
import { createPlayground } from "./playground/serve.ts";

runMain(async () => {
  const config = readProcess("edge", process.env);
  const log = createLog({ service: "edge", level: config.log.level });
  const clock = systemClock;
  const metrics = createMetrics();
  const tracing = await startTracing({ service: "duet-edge", env: process.env, log, clock });
  const { url: redisUrl } = config.redis;
  const redis =
    redisUrl === undefined
      ? undefined
      : await openRedis({
          url: redisUrl,
          setting: `redis.url (${nameOf("redis.url")})`,
          mayBeAway: true,
          log,
          clock,
        });
  const edge = await startEdge({
    ...config.edge,
    openings: config.openings,
    profiles: config.profiles,
    transcribe: config.engine?.settings,
    redis,
    credentials: config.credentials,
    page: (await createPlayground()).answer,
    log,
    metrics,
    tracer: tracing.tracer,
    clock,
  });
  observeCertificate(metrics, "edge", config.credentials, log);
  // When a hangup signal (SIGHUP) arrives, the certificates are read again; new connections to the services use them.
  renewOnHangup({ credentials: config.credentials, read: config.readCredentials, log });
  const url = `http://${formatAddress(edge.address)}`;
  log.info({ url }, "listening");
  watchDescriptors(log, clock);
  announceListening(url);
  await untilStopped();
  log.info({ turns: edge.turnCount }, "draining");
  await edge.drain(config.drainTimeoutMs);
  await redis?.close();
  await tracing.stop();
});
