import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import { systemClock } from "../../../../infra/clock/clock.ts";
import { loadConfig } from "../../../../infra/config/load.ts";
import { readProcess } from "../../../../infra/config/process.ts";
import { SettingsError } from "../../../../infra/settings/error.ts";
import { createMetrics } from "../../../../infra/telemetry/metrics.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { concat, toSamples } from "../../audio/pcm.ts";
import { createSpeakMetrics } from "../../report/metrics.ts";
import { createSchedule } from "../../schedule/schedule.ts";
import { createSpeaker, type Speech } from "../../speak/speak.ts";
import { estimateSeconds } from "../../text/duration.ts";
import { createSegmenter } from "../../text/segmenter/segmenter.ts";
import { createSpokenForm } from "../../text/spoken/spoken.ts";
import { type SpeakableClause, words } from "../../text/words.ts";
import { openEngine } from "../open.ts";
import { startToneServer } from "./server.ts";

/** A real server, and the engine that the settings make of its address. */
async function open(context: TestContext, hertz: number) {
  const server = await startToneServer({ host: "127.0.0.1", port: 0 }, hertz);
  context.onTestFinished(() => server.close());
  const { engine: used, synthesize } = readProcess("synthesize", { DUET_TONES_URL: server.url });
  const opened = openEngine(used, { clock: systemClock });
  context.onTestFinished(() => opened.engine.close());
  return { server, used, synthesize, opened, ...opened };
}

test("a text is heard as a tone that lasts as long as the text would take to speak", async (context) => {
  const { engine, kind, synthesize } = await open(context, 300);
  assert.deepEqual([kind, engine.slots, engine.minOpenerSeconds], ["tones", [4], 0]);
  const schedule = createSchedule<SpeakableClause>({
    slots: engine.slots,
    minOpenerSeconds: engine.minOpenerSeconds,
    segmentMaxCharacters: synthesize.segmentMaxCharacters,
  });
  const metrics = createSpeakMetrics(createMetrics({ runtime: false }), () => schedule.load);
  const speaker = createSpeaker({ engine, schedule, clock: systemClock, metrics });
  const text = "Yes. It is a tone, and nothing but a tone.";
  const written = (async function* () {
    yield { text };
  })();
  const offers = words(written, createSegmenter(), createSpokenForm({ language: "en" }));

  const heard: Speech[] = [];
  const [voice] = await engine.voices(AbortSignal.timeout(1000));
  for await (const speech of speaker.speak(offers, voice?.name ?? "", new AbortController().signal)) heard.push(speech);

  const segments = heard.flatMap((speech) => (speech.kind === "segment" ? [speech.segment] : []));
  // An engine that does not mind speaks the first word alone.
  assert.match(segments[0]?.spoken ?? "", /^Yes\W*$/);
  assert.deepEqual([segments[0]?.start, segments.at(-1)?.end], [0, text.length]);
  assert.ok(!heard.some(({ kind }) => kind === "warning"));
  const samples = toSamples(concat(heard.flatMap((speech) => (speech.kind === "audio" ? [speech.pcm] : []))));
  const seconds = samples.length / engine.sampleRateHertz;
  const expected = segments.reduce((sum, { spoken }) => sum + estimateSeconds(spoken), 0);
  assert.ok(Math.abs(seconds - expected) < 0.05, `${seconds} s where ${expected} s were expected`);
  const rises = samples.filter((sample, at) => at > 0 && sample >= 0 && (samples[at - 1] as number) < 0).length;
  assert.ok(Math.abs(rises / seconds - 300) < 5, `${rises / seconds} Hz`);
  assert.deepEqual(schedule.load, { sessions: 0, busy: 0 });
});

test("a server of another pitch than the config says is told", async (context) => {
  const { used, server } = await open(context, 300);
  const { plan } = loadConfig({}, "engine: { tones: { hertz: 440 } }").config;
  assert.ok(used.name === "tones");
  const { engine, compare } = openEngine({ ...used, plan: plan.tones }, { clock: systemClock });
  context.onTestFinished(() => engine.close());
  assert.deepEqual(compare?.(await engine.workers()), [
    { path: "engine.tones.hertz", configured: "440", live: "300", severity: "minor", server: server.url },
  ]);
});

test("a server that is gone is told with the setting that names it", async (context) => {
  const { engine, server } = await open(context, 300);
  assert.equal(await engine.notReady(), undefined);
  await server.close();
  assert.match((await engine.notReady()) ?? "", /does not answer: check DUET_TONES_URL$/);
  const request = { text: "Hello", voice: "tone", seed: 1, maxSeconds: 1 };
  const speaking = engine.synthesize(0, request, new AbortController().signal)[Symbol.asyncIterator]();
  await assert.rejects(speaking.next(), (error) => error instanceof EngineError && error.fault === "unreachable");
});

test("one who leaves is not kept, and hears why", async (context) => {
  const { engine } = await open(context, 300);
  const leave = new AbortController();
  const request = { text: "A long text ".repeat(200), voice: "tone", seed: 1, maxSeconds: 500 };
  const speaking = engine.synthesize(0, request, leave.signal)[Symbol.asyncIterator]();
  await speaking.next();
  leave.abort(new Error("gone"));
  await assert.rejects(async () => {
    while (!(await speaking.next()).done);
  }, /gone/);
});

test("of two engines that speak one has to be left", () => {
  const env = { DUET_TONES_URL: "http://127.0.0.1:8190", DUET_FISH_URL: "http://127.0.0.1:8080" };
  assert.throws(
    () => readProcess("synthesize", env),
    (error) =>
      error instanceof SettingsError &&
      error.message === "DUET_FISH_URL and DUET_TONES_URL are set, and only one engine can be used: leave one of them",
  );
});
