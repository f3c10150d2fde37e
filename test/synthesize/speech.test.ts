import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import { type SpeechTwinOptions, startSpeechTwin } from "../../infra/twins/speech/server.ts";
import { createSpeechEngine, type SpeechOptions } from "../../services/synthesize/engines/speech/engine.ts";
import { startVllm } from "../twins/start.ts";
import { speechOptions } from "./contract/engines.ts";

const never = new AbortController().signal;

function open(t: TestContext, url: string, options: Partial<SpeechOptions> = {}) {
  const engine = createSpeechEngine({ ...speechOptions, urls: [url], timeoutMs: 5000, ...options });
  t.onTestFinished(engine.close);
  return engine;
}

async function start(t: TestContext, twinOptions: Partial<SpeechTwinOptions>, options: Partial<SpeechOptions> = {}) {
  const twin = await startSpeechTwin({ timeScale: 0, ...twinOptions });
  t.onTestFinished(twin.close);
  return { twin, engine: open(t, twin.url, options) };
}

/** The body of the first request to speak that was no question. */
async function sent(t: TestContext, twinOptions: Partial<SpeechTwinOptions>, options: Partial<SpeechOptions>) {
  const { twin, engine } = await start(t, twinOptions, options);
  const voice = (await engine.voices(never))[0]?.name ?? "";
  for await (const _ of engine.synthesize(0, { text: "Hello there.", voice, seed: 7, maxSeconds: 9 }, never));
  return twin.seen().at(-1)?.body;
}

for (const [kind, name] of [
  ["vllm-omni", "vllm-omni"],
  ["sglang-omni", "sglang-omni"],
  ["sglang-omni-wav-events", "sglang-omni"],
  ["kokoro-fastapi", "kokoro-fastapi"],
  ["localai", "localai"],
  ["speaches", "speaches"],
  ["openedai-speech", "openedai-speech"],
  ["openai", "openai"],
] as const)
  test(`${kind} is told by what it lists`, async (t) => {
    const { engine } = await start(t, { kind });
    await engine.voices(never);
    assert.deepEqual((await engine.workers())[0]?.versions, [name]);
  });

test("an LLM server gets one line that says what to set", async (t) => {
  const vllm = await startVllm(t);
  const engine = open(t, vllm.url);
  const reason = (await engine.notReady()) ?? "";
  assert.match(
    reason,
    /is a model server that does not speak \(it lists .+\): set DUET_VLLM_URL to it, and DUET_SPEECH_URL/,
  );
  assert.ok(!reason.includes("\n"));
  await assert.rejects(engine.voices(never), { message: reason });
});

for (const [what, options, twin, reason] of [
  [
    "a server of another kind",
    { server: "localai" },
    { kind: "speaches" },
    /is not localai but looks like speaches: set DUET_SPEECH_SERVER/,
  ],
  [
    "a model that it does not have",
    { model: "x" },
    { kind: "kokoro-fastapi" },
    /has no model x: it lists tts-1.*DUET_SPEECH_MODEL/,
  ],
] as const)
  test(`${what} is told in one line`, async (t) => {
    const { engine } = await start(t, twin, options);
    assert.match((await engine.notReady()) ?? "", reason);
  });

test("each is asked with the fields that it takes, and no others", async (t) => {
  const options = { instructions: "calm", language: "English", speed: 1.5 } as const;
  assert.deepEqual(await sent(t, { kind: "vllm-omni" }, options), {
    ...{ model: "Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice", input: "Hello there.", voice: "aiden", response_format: "wav" },
    // It cannot change its speed while it streams, and is asked for a whole file.
    ...{ speed: 1.5, seed: 7, instructions: "calm", language: "English" },
  });
  assert.deepEqual(await sent(t, { kind: "kokoro-fastapi" }, options), {
    ...{ model: "tts-1", input: "Hello there.", voice: "af_heart", stream: true, response_format: "pcm" },
    ...{ speed: 1.5, lang_code: "English" },
  });
  assert.deepEqual(await sent(t, { kind: "speaches" }, { sampleRateHertz: 16_000 }), {
    ...{ model: "speaches-ai/Kokoro-82M-v1.0-ONNX", input: "Hello there.", voice: "af_heart" },
    ...{ stream_format: "audio", response_format: "pcm", sample_rate: 16_000 },
  });
});

test("voices are those that are listed, those that the operator names first, or the usual one", async (t) => {
  const { engine } = await start(t, { kind: "kokoro-fastapi" });
  assert.deepEqual((await engine.voices(never)).find(({ name }) => name === "zf_xiaoxiao")?.languages, ["zh"]);
  const named = await start(t, { kind: "kokoro-fastapi" }, { voices: ["bf_emma", "own"] });
  assert.deepEqual(
    (await named.engine.voices(never)).map(({ name, languages }) => [name, languages]),
    [
      ["bf_emma", ["en-GB"]],
      ["own", []],
    ],
  );
  const unlisted = await start(t, { kind: "openedai-speech" });
  assert.deepEqual(
    (await unlisted.engine.voices(never)).map(({ name }) => name),
    ["alloy"],
  );
});

test("a server that makes whole answers is told to the operator, who need do nothing", async (t) => {
  const { engine } = await start(t, { kind: "vllm-omni" }, { speed: 2 });
  await engine.voices(never);
  assert.equal(engine.streams, false);
  const caution = await engine.caution();
  assert.match(
    caution?.reason ?? "",
    /cannot change its speed while it streams, so each clause is heard only after all of it is synthesized/,
  );
  assert.equal(caution?.isReady, true);
});

for (const sampleRateHertz of [24_000, 44_100, 48_000])
  test(`a model of 44,100 Hz is heard as high and as long at ${sampleRateHertz}`, async (t) => {
    const { engine } = await start(t, { kind: "sglang-omni" }, { sampleRateHertz });
    const pieces: number[] = [];
    for await (const pcm of engine.synthesize(
      0,
      { text: "a".repeat(30), voice: "default", seed: 1, maxSeconds: 9 },
      never,
    ))
      pieces.push(...new Int16Array(new Uint8Array(pcm).buffer));
    assert.ok(Math.abs(pieces.length / sampleRateHertz - 2) < 0.01, `${pieces.length / sampleRateHertz} s`);
    const crossings = pieces.filter((sample, i) => sample >= 0 && (pieces[i - 1] ?? 0) < 0).length / 2;
    const own = await start(t, { kind: "sglang-omni" }, { sampleRateHertz: 44_100 });
    const plain: number[] = [];
    for await (const pcm of own.engine.synthesize(
      0,
      { text: "a".repeat(30), voice: "default", seed: 1, maxSeconds: 9 },
      never,
    ))
      plain.push(...new Int16Array(new Uint8Array(pcm).buffer));
    const wanted = plain.filter((sample, i) => sample >= 0 && (plain[i - 1] ?? 0) < 0).length / 2;
    assert.ok(Math.abs(crossings - wanted) <= 1, `${crossings} Hz, not ${wanted}`);
  });
