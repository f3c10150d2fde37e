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
import { SynthesizeServiceDefinition } from "../gen/duet/synthesize/v1/synthesize.ts";
import { openEngine } from "./engines/open.ts";
import { createVoices } from "./engines/voices.ts";
import { createSpeakMetrics, observeEngines } from "./report/metrics.ts";
import { createEngineWatch } from "./report/watch.ts";
import { observeWorkers } from "./report/worker-health.ts";
import { maySoftenOpener } from "./schedule/opener.ts";
import { createSchedule } from "./schedule/schedule.ts";
import { createSynthesizeService } from "./service.ts";
import { createSpeaker } from "./speak/speak.ts";
import { openLexiconFile } from "./text/spoken/lexicon/file.ts";
import type { SpeakableClause } from "./text/words.ts";

runMain(async () => {
  const { synthesize, engine: used, credentials, ...shared } = readProcess("synthesize", process.env);
  const clock = systemClock;
  const log = createLog({ service: "synthesize", level: shared.log.level });
  const metrics = createMetrics();
  const tracing = await startTracing({ service: "duet-synthesize", env: process.env, log, clock });
  const { tracer } = tracing;

  const lexicon =
    synthesize.lexicon === undefined
      ? undefined
      : await openLexiconFile({ file: synthesize.lexicon, setting: nameOf("synthesize.lexicon"), log });
  const opened = openEngine(used, { clock });
  const { engine } = opened;
  const schedule = createSchedule<SpeakableClause>({
    slots: engine.slots,
    firstSlots: engine.firstSlots,
    minOpenerSeconds: synthesize.opener.minSeconds ?? engine.minOpenerSeconds,
    segmentMaxCharacters: synthesize.segmentMaxCharacters,
    probes: engine.probe !== undefined,
  });
  const voices = createVoices(engine, clock);
  const speakMetrics = createSpeakMetrics(metrics, () => schedule.load);
  const speaker = createSpeaker({ engine, schedule, clock, metrics: speakMetrics, log, tracer });
  observeWorkers(metrics, engine.addresses, schedule.health);

  tellEngineErrors(used, log);
  const watch = createEngineWatch({ opened, trouble: speaker.trouble, log, clock });
  observeEngines(metrics, [watch]);

  const server = await startServer({
    name: "synthesize",
    definition: SynthesizeServiceDefinition,
    implementation: createSynthesizeService({
      speaker,
      voices,
      sampleRateHertz: engine.sampleRateHertz,
      asWritten: engine.readsWritten,
      softOpener: maySoftenOpener(synthesize.opener, engine),
      writerPauseMs: synthesize.opener.waitMs,
      maxSessions: synthesize.maxSessions,
      watches: [watch],
      clock,
      lexicon,
    }),
    listen: { address: synthesize.listen, setting: nameOf("synthesize.listen") },
    adminListen: { address: synthesize.adminListen, setting: nameOf("synthesize.adminListen") },
    credentials,
    metrics,
    tracer,
    log,
    clock,
    notReady: watch.notReady,
    degraded: watch.degraded,
    drainTimeoutMs: shared.drainTimeoutMs,
  });
  observeCertificate(metrics, "synthesize", credentials, log);
  renewOnHangup({ credentials, read: shared.readCredentials, onRenewed: server.renew, log });
  watchDescriptors(log, clock);
  announceListening(server.url);
  await untilStopped();
  await server.drain();
  watch.close();
  speaker.close();
  await engine.close();
  await tracing.stop();
});
