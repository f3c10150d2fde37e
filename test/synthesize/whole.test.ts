import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import { type PiperTwinOptions, startPiperTwin } from "../../infra/twins/piper/server.ts";
import { startVitsTwin, type VitsTwinOptions } from "../../infra/twins/vits/server.ts";
import { piperDialect } from "../../services/synthesize/engines/piper/dialect.ts";
import { vitsDialect } from "../../services/synthesize/engines/vits/dialect.ts";
import { createWholeEngine, type WholeOptions } from "../../services/synthesize/engines/whole/engine.ts";
import type { WholeDialect } from "../../services/synthesize/engines/whole/server.ts";
import { startVllm } from "../twins/start.ts";
import { wholeOptions } from "./contract/engines.ts";

const never = new AbortController().signal;
const usual = { model: "auto", language: "auto", emotion: undefined, speed: 1 } as const;

function open(t: TestContext, url: string, dialect: WholeDialect, options: Partial<WholeOptions> = {}) {
  const engine = createWholeEngine({ ...wholeOptions, urls: [url], timeoutMs: 5000, ...options }, dialect);
  t.onTestFinished(engine.close);
  return engine;
}

async function startVits(t: TestContext, options: Partial<VitsTwinOptions> = {}) {
  const twin = await startVitsTwin({ timeScale: 0, ...options });
  t.onTestFinished(twin.close);
  return twin;
}

async function startPiper(t: TestContext, options: Partial<PiperTwinOptions> = {}) {
  const twin = await startPiperTwin({ timeScale: 0, ...options });
  t.onTestFinished(twin.close);
  return twin;
}

async function secondsOf(engine: ReturnType<typeof open>, voice: string, text = "a".repeat(30)) {
  let bytes = 0;
  for await (const pcm of engine.synthesize(0, { text, voice, seed: 7, maxSeconds: 9 }, never)) bytes += pcm.length;
  return bytes / 2 / engine.sampleRateHertz;
}

test("VITS is asked with what it takes, by the number of a speaker, and never to stream", async (t) => {
  const twin = await startVits(t);
  const dialect = vitsDialect({ model: "auto", language: "zh", emotion: 3, speed: 2 });
  const engine = open(t, twin.url, dialect);
  assert.deepEqual(
    (await engine.voices(never)).map(({ name, languages }) => [name, languages]),
    [
      ["xiaolin", ["zh", "en"]],
      ["emma", ["en"]],
      ["haoran", ["zh", "ja", "en"]],
      ["calm", ["ja"]],
    ],
  );
  assert.ok(Math.abs((await secondsOf(engine, "emma")) - 1) < 0.01, "at twice the speed half as long");
  const shared = { text: "a".repeat(30), format: "wav", lang: "zh", segment_size: 10_000, length: 0.5 };
  assert.deepEqual(twin.seen().at(-1)?.body, { ...shared, id: 1 });
  await secondsOf(engine, "haoran");
  assert.deepEqual(twin.seen().at(-1)?.body, { ...shared, id: 0, emotion: 3 });
  assert.deepEqual((await engine.workers())[0]?.versions, ["vits-simple-api"]);
});

test("speakers of the same name in two models are told apart", async (t) => {
  const twin = await startVits(t, {
    speakers: {
      VITS: [
        { name: "emma", lang: ["en"] },
        { name: "emma", lang: ["zh"] },
      ],
    },
  });
  const engine = open(t, twin.url, vitsDialect({ ...usual, model: "vits" }));
  assert.deepEqual(
    (await engine.voices(never)).map(({ name }) => name),
    ["emma", "emma:1"],
  );
  await secondsOf(engine, "emma:1");
  assert.deepEqual(
    twin
      .seen()
      .map(({ voice, body }) => [voice, (body as { id?: number }).id])
      .at(-1),
    ["emma", 1],
  );
});

test("Piper is asked for a voice of its own, a speaker of it, and at the voice's pace", async (t) => {
  const twin = await startPiper(t, { speakers: ["p225", "p226"] });
  const engine = open(t, twin.url, piperDialect({ speed: 0.5 }));
  const voices = await engine.voices(never);
  assert.deepEqual(
    voices.slice(0, 3).map(({ name, languages }) => [name, languages]),
    [
      ["en_US-joe-medium", ["en-US"]],
      ["en_US-joe-medium:p225", ["en-US"]],
      ["en_US-joe-medium:p226", ["en-US"]],
    ],
  );
  assert.ok(Math.abs((await secondsOf(engine, "en_US-joe-medium:p226")) - 4) < 0.01);
  assert.deepEqual(twin.seen().at(-1)?.body, {
    ...{ text: "a".repeat(30), voice: "en_US-joe-medium", speaker_id: 1, length_scale: 2 },
  });
});

for (const [version, first] of [
  // It lists them by the alphabet, and tells since 1.5 with which it was started.
  ["1.8", "en_US-joe-medium"],
  ["1.4", "en_GB-alan-low"],
] as const)
  test(`the default voice of Piper ${version} is ${first}`, async (t) => {
    const engine = open(t, (await startPiper(t, { version })).url, piperDialect({ speed: 1 }));
    assert.equal((await engine.voices(never))[0]?.name, first);
  });

test("a voice whose name Piper cuts short is spoken with by its file's name", async (t) => {
  const twin = await startPiper(t, { voices: ["en_US-joe-medium", "mason"] });
  const engine = open(t, twin.url, piperDialect({ speed: 1 }), { voices: ["mason"] });
  assert.deepEqual(
    (await engine.voices(never)).map(({ name }) => name),
    ["mason"],
  );
  await secondsOf(engine, "mason");
  assert.equal(twin.seen().at(-1)?.voice, "mason");
});

test("a voice that Piper does not have is told, where it would speak with another one", async (t) => {
  const twin = await startPiper(t);
  const engine = open(t, twin.url, piperDialect({ speed: 1 }), { voices: ["en_US-amy-low"] });
  await assert.rejects(engine.voices(never), {
    fault: "rejected",
    message: /^Piper has no voice en_US-amy-low: it lists en_US-joe-medium, .*; check DUET_PIPER_VOICES$/,
  });
  await assert.rejects(secondsOf(engine, "en_US-amy-low"), { fault: "rejected" });
  assert.deepEqual(twin.seen(), []);
});

for (const [name, dialect] of [
  ["VITS", vitsDialect(usual)],
  ["PIPER", piperDialect({ speed: 1 })],
] as const) {
  test(`an LLM server in the place of ${name} gets one line that says what to set`, async (t) => {
    const engine = open(t, (await startVllm(t)).url, dialect);
    const reason = (await engine.notReady()) ?? "";
    assert.match(
      reason,
      /: it lists models: set DUET_SPEECH_URL to it if it generates speech, or DUET_VLLM_URL if it generates text$/,
    );
    assert.ok(!reason.includes("\n"));
    await assert.rejects(engine.voices(never), { message: reason });
  });

  test(`the other kind of server in the place of ${name} is told from it`, async (t) => {
    const other = name === "VITS" ? await startPiper(t) : await startVits(t);
    const engine = open(t, other.url, dialect);
    assert.match((await engine.notReady()) ?? "", new RegExp(`: it has no /[a-z/]+: check DUET_${name}_URL$`));
  });
}

test("a vits-simple-api without such a model says so", async (t) => {
  const twin = await startVits(t, { speakers: { "BERT-VITS2": [] } });
  const engine = open(t, twin.url, vitsDialect({ ...usual, model: "bert-vits2" }));
  assert.match((await engine.notReady()) ?? "", /has no model of type bert-vits2 loaded: check DUET_VITS_URL/);
});

test("a server that came up anew is asked anew who it is", async (t) => {
  const twin = await startPiper(t, { version: "1.4" });
  const engine = open(t, twin.url, piperDialect({ speed: 1 }));
  assert.equal(await engine.notReady(), undefined);
  await twin.close();
  assert.match((await engine.notReady()) ?? "", /does not answer/);
  await startPiper(t, { version: "1.8", port: Number(new URL(twin.url).port) });
  assert.ok(Math.abs((await secondsOf(engine, "en_US-joe-medium")) - 2) < 0.01);
  assert.deepEqual((await engine.workers())[0]?.versions, ["1.5 or later"]);
});
