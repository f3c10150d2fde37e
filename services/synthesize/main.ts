import { systemClock } from "../../infra/clock/clock.ts";
import { readEngines } from "../../infra/config/engines.ts";
import { readSettings } from "../../infra/config/settings/read.ts";
import { createLog } from "../../infra/log/log.ts";
import { credentialSettings, readCredentials } from "../../infra/net/credentials.ts";
import { announceListening, runMain, untilStopped } from "../../infra/process/lifecycle.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { startTracing } from "../../infra/telemetry/tracing.ts";
import { startServer } from "../common/server/server.ts";
import { SynthesizeServiceDefinition } from "../gen/duet/synthesize/v1/synthesize.ts";
import { openEngine } from "./engines/open.ts";
import { adapters } from "./engines/registry.ts";
import { createVoices } from "./engines/voices.ts";
import { createSpeakMetrics, observeEngines } from "./report/metrics.ts";
import { createEngineWatch } from "./report/watch.ts";
import { createSchedule } from "./schedule/schedule.ts";
import { createSynthesizeService } from "./service.ts";
import { createSpeaker } from "./speak/speak.ts";
import type { SpeakableClause } from "./text/words.ts";

runMain(async () => {
  const settings = readSettings(
    [
      "DUET_LOG_LEVEL",
      "DUET_DRAIN_TIMEOUT_MS",
      ...credentialSettings,
      "DUET_FISH_URL",
      "DUET_FISH_MODE",
      "DUET_FISH_API_KEY",
      "DUET_FISH_REFERENCES",
      "DUET_FISH_VOICES",
      "DUET_FISH_TIMEOUT_MS",
      "DUET_MIN_OPENER_SECONDS",
      "DUET_OPENER_WAIT_MS",
      "DUET_SEGMENT_MAX_CHARACTERS",
      "DUET_MAX_SESSIONS",
      "DUET_SYNTHESIZE_LISTEN",
      "DUET_SYNTHESIZE_ADMIN_LISTEN",
    ],
    process.env,
  );
  const clock = systemClock;
  const log = createLog({ service: "synthesize", level: settings.DUET_LOG_LEVEL });
  const metrics = createMetrics();
  const tracing = await startTracing({ service: "duet-synthesize", env: process.env, log, clock });
  const { tracer } = tracing;

  const fish = {
    url: settings.DUET_FISH_URL,
    mode: settings.DUET_FISH_MODE,
    apiKey: settings.DUET_FISH_API_KEY,
    references: settings.DUET_FISH_REFERENCES,
    voices: settings.DUET_FISH_VOICES,
    timeoutMs: settings.DUET_FISH_TIMEOUT_MS,
  };
  const { plan, bytes: config } = readEngines(process.env, log);
  const opened = openEngine(adapters, { settings: { fish }, plan, config, tools: { clock } });
  const { engine } = opened;
  const schedule = createSchedule<SpeakableClause>({
    slots: engine.slots,
    minOpenerSeconds: settings.DUET_MIN_OPENER_SECONDS ?? engine.minOpenerSeconds,
    segmentMaxCharacters: settings.DUET_SEGMENT_MAX_CHARACTERS,
  });
  const voices = createVoices(engine, clock);
  const speakMetrics = createSpeakMetrics(metrics, () => schedule.load);
  const speaker = createSpeaker({ engine, schedule, clock, metrics: speakMetrics, tracer });

  const watch = createEngineWatch({ opened, log, clock });
  observeEngines(metrics, [watch]);

  const server = await startServer({
    name: "synthesize",
    definition: SynthesizeServiceDefinition,
    implementation: createSynthesizeService({
      speaker,
      voices,
      sampleRateHertz: engine.sampleRateHertz,
      writerPauseMs: settings.DUET_OPENER_WAIT_MS,
      maxSessions: settings.DUET_MAX_SESSIONS,
      watches: [watch],
      clock,
    }),
    listen: { address: settings.DUET_SYNTHESIZE_LISTEN, setting: "DUET_SYNTHESIZE_LISTEN" },
    adminListen: { address: settings.DUET_SYNTHESIZE_ADMIN_LISTEN, setting: "DUET_SYNTHESIZE_ADMIN_LISTEN" },
    credentials: readCredentials(settings),
    metrics,
    tracer,
    log,
    clock,
    notReady: watch.notReady,
    drainTimeoutMs: settings.DUET_DRAIN_TIMEOUT_MS,
  });
  announceListening(server.url);
  await untilStopped();
  await server.drain();
  watch.close();
  await engine.close();
  await tracing.stop();
});
