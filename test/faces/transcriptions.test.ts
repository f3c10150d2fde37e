import assert from "node:assert/strict";
import OpenAI, { APIError } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wavHeader } from "../../edge/audio/wav.ts";
import { type EarsTwin, startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import { startOne } from "../access/edges.ts";
import * as sounds from "../ears/sounds.ts";
import { skipFor } from "../support/skip.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { readError, readEvents } from "./ask.ts";

const voice = await sounds.createVoice();
const words = "What is Duet?";
const toWav = (samples: Int16Array) =>
  new Uint8Array(Buffer.concat([wavHeader(sounds.rate, samples.byteLength), Buffer.from(samples.buffer)]));
const spoken = toWav(
  sounds.join(sounds.silence(0.5), voice?.(words, "emma") ?? sounds.silence(1), sounds.silence(0.5)),
);
const silent = toWav(sounds.silence(2));

let twin: EarsTwin;
let stack: Stack;
let openai: OpenAI;
beforeAll(async () => {
  twin = await startEarsTwin({ timeScale: 0, says: [words] });
  const how = { apiKey: undefined, kind: "auto", model: undefined, language: undefined, stream: false };
  stack = await startStack({
    timeScale: 0,
    edge: { transcribe: { ...how, url: [twin.url], timeoutMs: 5_000, maxAtOnce: 4 } },
  });
  openai = new OpenAI({ apiKey: "none", baseURL: `${stack.url}/v1`, maxRetries: 0 });
});
afterAll(async () => {
  await stack.close();
  await twin.close();
});

const path = "/v1/audio/transcriptions";
const fileOf = (bytes: Uint8Array<ArrayBuffer> = spoken, name = "a.wav") => new File([bytes], name);
function send(fields: Record<string, string | File>, url = stack.url) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return fetch(url + path, { method: "POST", body: form });
}

describe("OpenAI's own client", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  it("has a recording written down", async () => {
    const { text, usage } = await openai.audio.transcriptions.create({ file: fileOf(), model: "whisper-1" });
    assert.equal(text, words);
    expect(usage).toMatchObject({ type: "duration", seconds: Math.ceil((spoken.length - 44) / 32_000) });
  });
  it("tells language and names", async () => {
    await openai.audio.transcriptions.create({ file: fileOf(), model: "duet", language: "en", prompt: "Duet" });
    expect(twin.seen().at(-1)?.fields).toMatchObject({ language: "en", prompt: "Duet" });
  });
  it("reads it with its language and length", async () => {
    const asked = { file: fileOf(), model: "whisper-1", response_format: "verbose_json" } as const;
    const heard = await openai.audio.transcriptions.create(asked);
    expect(heard).toMatchObject({ text: words, language: "english", duration: (spoken.length - 44) / 32_000 });
  });
  it("reads it as a stream", async () => {
    const stream = await openai.audio.transcriptions.create({
      file: fileOf(),
      model: "gpt-4o-transcribe",
      stream: true,
    });
    const events = await Array.fromAsync(stream);
    assert.deepEqual(
      events.map(({ type }) => type),
      ["transcript.text.delta", "transcript.text.done"],
    );
    expect(events.at(-1)).toMatchObject({ text: words });
  });
  it("is told of a recognizer that fails", async () => {
    twin.change({ fault: "FAIL" });
    const failed = await openai.audio.transcriptions
      .create({ file: fileOf(), model: "whisper-1" })
      .catch((error: unknown) => error)
      .finally(() => twin.change({ fault: undefined }));
    assert.ok(failed instanceof APIError);
    assert.deepEqual([failed.status, failed.code], [503, "recognizer_broken"]);
  });
});

describe("a form", () => {
  it("in which nobody speaks has an empty text, in every form of answer", async () => {
    const seen = twin.seen().length;
    expect(await (await send({ file: fileOf(silent), model: "duet" })).json()).toMatchObject({ text: "" });
    assert.equal(await (await send({ file: fileOf(silent), model: "duet", response_format: "text" })).text(), "\n");
    const { events } = await readEvents(await send({ file: fileOf(silent), model: "duet", stream: "true" }));
    assert.deepEqual(
      events.map(({ type }) => type),
      ["transcript.text.done"],
    );
    assert.equal(twin.seen().length, seen);
  });

  for (const [what, fields, status, param] of [
    ["without a file", { model: "duet" }, 400, "file"],
    ["with a text for a file", { file: "x", model: "duet" }, 400, "file"],
    ["without a model", { file: fileOf() }, 400, "model"],
    ["with a model that does not hear", { file: fileOf(), model: "tts-1" }, 404, "model"],
    ["with an empty file", { file: fileOf(new Uint8Array()), model: "duet" }, 400, "file"],
    ["with what is no sound", { file: fileOf(new Uint8Array(900).fill(65)), model: "duet" }, 400, "file"],
    ["for subtitles", { file: fileOf(), model: "duet", response_format: "srt" }, 400, "response_format"],
    [
      "with times of words",
      { file: fileOf(), model: "duet", "timestamp_granularities[]": "word" },
      400,
      "timestamp_granularities[]",
    ],
    ["in no language", { file: fileOf(), model: "duet", language: "not a tag" }, 400, "language"],
    ["with a stream of perhaps", { file: fileOf(), model: "duet", stream: "maybe" }, 400, "stream"],
    ["that is too large", { file: fileOf(new Uint8Array(5 << 20)), model: "duet" }, 413, null],
  ] as const)
    it(`is refused ${what}`, async () => {
      const response = await send(fields as Record<string, string | File>);
      const { param: told } = await readError(response);
      assert.deepEqual([response.status, told], [status, param]);
    });

  it("is refused that is none", async () => {
    const json = await fetch(stack.url + path, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    assert.equal(json.status, 415);
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const broken = await fetch(stack.url + path, { method: "POST", body: "--y--", headers });
    assert.deepEqual([broken.status, (await readError(broken)).code], [400, "invalid_form"]);
  });

  it("finds nobody who hears where there is nobody", async (context) => {
    const { url } = await startOne(context, stack, {});
    const response = await send({ file: fileOf(), model: "whisper-1" }, url);
    assert.deepEqual([response.status, (await readError(response)).code], [501, "no_recognizer"]);
  });
});
