import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EarsSettings } from "../../edge/ears/ears.ts";
import { InputEncoding, Outcome, Role } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { type EarsTwin, startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import { startOne } from "../access/edges.ts";
import { createGrpcClient, protocols } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { skipFor } from "../support/skip.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import * as sounds from "./sounds.ts";

const voice = await sounds.createVoice();
// One that the scripted stand-in answers.
const words = "What is Duet?";
const spoken = voice?.(`${words} And what is it for?`, "emma") ?? new Int16Array();
const pcmOf = (samples: Int16Array) => ({
  data: new Uint8Array(samples.buffer.slice(samples.byteOffset, samples.byteOffset + samples.byteLength)),
  encoding: InputEncoding.PCM_S16LE,
  sampleRateHertz: sounds.rate,
});
const question = pcmOf(sounds.join(sounds.silence(0.5), spoken, sounds.silence(0.5)));
const nothing = pcmOf(sounds.fan(2, -40));

let twin: EarsTwin;
let stack: Stack;
let settings: EarsSettings;
let client: ReturnType<typeof createGrpcClient>["client"];
let close: () => void;
beforeAll(async () => {
  twin = await startEarsTwin({ timeScale: 0, says: [words], faults: false });
  settings = {
    url: [twin.url],
    apiKey: undefined,
    kind: "auto",
    model: undefined,
    language: undefined,
    timeoutMs: 2_000,
    maxAtOnce: 4,
    stream: false,
  };
  stack = await startStack({ timeScale: 0, edge: { transcribe: settings } });
  ({ client, close } = createGrpcClient(stack.url));
});
afterAll(async () => {
  close();
  await stack.close();
  await twin.close();
});

describe("a question that is spoken", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  for (const [name, connect] of Object.entries(protocols))
    it(`is answered, and its words follow the start: ${name}`, async () => {
      const caller = connect(stack.url);
      const { events, finished, text } = await readTurn(caller.converse({ audio: question })).finally(() =>
        caller.close(),
      );
      assert.deepEqual(
        events.slice(0, 2).map(({ event }) => event.case),
        ["started", "transcript"],
      );
      const said = events[1]?.event;
      assert.ok(said?.case === "transcript");
      expect(said.value).toMatchObject({ text: words, final: true, language: "en" });
      assert.ok(said.value.speechMs > 800);
      assert.equal(finished.outcome, Outcome.COMPLETED);
      assert.match(text, /Duet/);
    });

  it("is written down, with what is known of it", async () => {
    const heard = await client.transcribe({ audio: question, language: "en-US", hints: "France" });
    expect(heard).toMatchObject({
      text: words,
      language: "en-US",
      durationMs: Math.round((question.data.length / 32_000) * 1000),
    });
    assert.deepEqual([twin.seen().at(-1)?.fields.language, twin.seen().at(-1)?.fields.prompt], ["en", "France"]);
  });

  it("is written down for whoever has only curl", async () => {
    const answer = await fetch(`${stack.url}/duet.assistant.v1.AssistantService/Transcribe`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        audio: {
          data: Buffer.from(question.data).toString("base64"),
          encoding: "pcm_s16le",
          sample_rate_hertz: 16_000,
        },
      }),
    });
    expect(await answer.json()).toMatchObject({ text: words, language: "en" });
  });

  it("of a minute at 4 MiB is taken, in base64 too", async () => {
    const caller = (protocols["lines of JSON"] as (url: string) => ReturnType<(typeof protocols)[string]>)(stack.url);
    const data = new Uint8Array(4 << 20);
    const audio = { data, encoding: InputEncoding.PCM_S16LE, sampleRateHertz: 48_000 };
    const { finished } = await readTurn(caller.converse({ audio })).finally(() => caller.close());
    assert.equal(finished.outcome, Outcome.NO_SPEECH);
  });

  it("is kept as what the person said, and the next one knows it", async () => {
    const sessionId = "spoken";
    await readTurn(client.converse({ audio: question, sessionId }));
    await readTurn(client.converse({ audio: question, sessionId }));
    const { messages } = await client.getSession({ sessionId });
    assert.deepEqual(
      messages.map(({ role }) => role),
      [Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT],
    );
    assert.deepEqual([messages[0]?.text, messages[2]?.text], [words, words]);
    const asked = stack.vllm.seen().at(-1)?.body as { messages: { role: string; content: string }[] };
    assert.equal(asked.messages.filter(({ content }) => content === words).length, 2);
  });

  it("is spoken in a language that the recognizer is told", async () => {
    await readTurn(client.converse({ audio: question, language: "zh-CN" }));
    const { fields } = twin.seen().at(-1) ?? {};
    assert.deepEqual([fields?.language, fields?.prompt?.length], ["zh", 10]);
  });
});

describe("a recording in which nobody speaks", () => {
  it("asks neither model nor voice, and is kept nowhere", async () => {
    const [chats, seen] = [stack.vllm.seen().length, twin.seen().length];
    const [voices] = stack.fish.map((fish) => fish.seen().length);
    const { events, finished, started } = await readTurn(client.converse({ audio: nothing, sessionId: "silent" }));
    assert.deepEqual(
      events.map(({ event }) => event.case),
      ["started", "transcript", "finished"],
    );
    assert.equal(finished.outcome, Outcome.NO_SPEECH);
    assert.deepEqual([started.voice, started.audioFormat, started.sessionId], ["", undefined, ""]);
    assert.deepEqual(
      [stack.vllm.seen().length, twin.seen().length, stack.fish[0]?.seen().length],
      [chats, seen, voices],
    );
    await expect(client.getSession({ sessionId: "silent" })).rejects.toMatchObject({ code: Code.NotFound });
  });
  it("is the same where the recognizer hears nothing", async () => {
    twin.change({ fault: "WORDLESS" });
    const chats = stack.vllm.seen().length;
    const { finished } = await readTurn(client.converse({ audio: question })).finally(() =>
      twin.change({ fault: undefined }),
    );
    assert.deepEqual([finished.outcome, stack.vllm.seen().length], [Outcome.NO_SPEECH, chats]);
  });
  it("is an empty text", async () => {
    expect(await client.transcribe({ audio: nothing })).toMatchObject({ text: "", speechMs: 0, durationMs: 2_000 });
  });
  it("does not stop a turn of its session that runs", async () => {
    const running = client.converse({ text: "[[say:One.]] [[hang]]", sessionId: "busy" });
    const events = running[Symbol.asyncIterator]();
    await events.next();
    await readTurn(client.converse({ audio: nothing, sessionId: "busy" }));
    assert.equal(stack.edge.turnCount, 1);
    await events.return?.();
    await until("it has ended", () => stack.edge.turnCount === 0);
  });
});

describe("what is wrong is told", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  for (const [what, request, field] of [
    ["both at once", { text: "Hello.", audio: question }, "audio"],
    ["neither", {}, "text"],
    ["nothing in it", { audio: {} }, "audio.data"],
    ["what is no sound", { audio: { data: Buffer.from("hello") } }, "audio.data"],
  ] as const)
    it(`of a request: ${what}`, async () => {
      const failed = (await readTurn(client.converse(request)).catch((error) => error)) as ConnectError;
      assert.equal(failed.code, Code.InvalidArgument);
      assert.match(failed.rawMessage, new RegExp(`^${field}:`));
    });

  it("where there is no recognizer, and status says so", async (context) => {
    const { client } = await startOne(context, stack, {});
    await expect(readTurn(client.converse({ audio: question }))).rejects.toMatchObject({ code: Code.Unimplemented });
    assert.equal((await client.getStatus({})).transcribe, undefined);
  });

  it("in the status", async () => assert.equal((await client.getStatus({})).transcribe?.ready, true));
});

describe(
  "whoever asks by speaking is held to limits as one who writes",
  skipFor(voice === undefined && "espeak-ng is not installed"),
  () => {
    it("seconds of recordings count", async (context) => {
      const { client } = await startOne(context, stack, { transcribe: settings, limits: { audioSecondsPerDay: 5 } });
      await client.transcribe({ audio: question });
      const failed = await client
        .transcribe({ audio: question })
        .then(() => client.transcribe({ audio: question }))
        .catch((error) => error);
      assert.equal(failed.code, Code.ResourceExhausted);
      assert.match(failed.rawMessage, /seconds of audio a day/);
    });
    it("turns at once, too", async (context) => {
      const ears = await startEarsTwin({ timeScale: 0, fault: "HANG" });
      context.onTestFinished(() => ears.close());
      const { client } = await startOne(context, stack, {
        transcribe: { ...settings, url: [ears.url], timeoutMs: 60_000 },
        limits: { turnsAtOnce: 1 },
      });
      const leaving = new AbortController();
      const first = client.transcribe({ audio: question }, { signal: leaving.signal }).catch(() => {});
      await until("it is with the recognizer", () => ears.seen().length === 1);
      await expect(client.transcribe({ audio: question })).rejects.toMatchObject({ code: Code.ResourceExhausted });
      await expect(readTurn(client.converse({ audio: question }))).rejects.toMatchObject({
        code: Code.ResourceExhausted,
      });
      leaving.abort();
      await first;
      await until("the recognizer is left", () => ears.seen()[0]?.state === "stopped");
    });
    it("a deadline ends it, and the recognizer with it", async (context) => {
      const ears = await startEarsTwin({ timeScale: 0, fault: "HANG" });
      context.onTestFinished(() => ears.close());
      const { client } = await startOne(context, stack, {
        transcribe: { ...settings, url: [ears.url], timeoutMs: 60_000 },
      });
      const limit = { timeoutMs: 400 };
      await expect(client.transcribe({ audio: question }, limit)).rejects.toMatchObject({
        code: Code.DeadlineExceeded,
      });
      await expect(readTurn(client.converse({ audio: question }, limit))).rejects.toMatchObject({
        code: Code.DeadlineExceeded,
      });
      await until("both have stopped", () => ears.seen().every(({ state }) => state === "stopped"));
    });
  },
);
