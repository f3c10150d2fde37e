import assert from "node:assert/strict";
import OpenAI, { APIError, NotFoundError } from "openai";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Stack, startStack } from "../../support/stack.ts";

const speech = { model: "tts-1", voice: "alloy", input: "The train leaves at noon." } as const;
const messages = [{ role: "user", content: "[[say:Hello you there.]]" }] as const;
const heard = { modalities: ["text", "audio"], audio: { voice: "alloy", format: "pcm16" } } as const;
const tools = [
  { type: "function", function: { name: "get_weather", parameters: { type: "object", properties: {} } } },
] as const;

let stack: Stack;
let client: OpenAI;
beforeAll(async () => {
  stack = await startStack();
  client = new OpenAI({ baseURL: `${stack.url}/v1`, apiKey: "none", maxRetries: 0 });
});
afterAll(() => stack.close());

describe("OpenAI's own client in Node", () => {
  it("gets speech in every form, whole and as a stream", async () => {
    for (const [form, begins] of [
      ["mp3", /^ID3/],
      ["opus", /^OggS/],
      ["wav", /^RIFF/],
      ["pcm", /^/],
    ] as const) {
      const response = await client.audio.speech.create({ ...speech, response_format: form });
      assert.match(Buffer.from(await response.arrayBuffer()).toString("latin1"), begins);
    }
    const response = await client.audio.speech.create(speech);
    let bytes = 0;
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) bytes += piece.length;
    assert.ok(bytes > 4_000);
  });

  it("gets answers: whole, streamed, by its helper", async () => {
    const whole = await client.chat.completions.create({ model: "duet", messages: [...messages] });
    assert.equal(whole.choices[0]?.message.content, "Hello you there.");
    assert.match(whole._request_id ?? "", /^req_/);
    let text = "";
    const stream = await client.chat.completions.create({ model: "duet", messages: [...messages], stream: true });
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
    assert.equal(text, "Hello you there.");
    const helped = client.chat.completions.stream({
      model: "duet",
      messages: [...messages],
      stream_options: { include_usage: true },
    });
    assert.equal(await helped.finalContent(), "Hello you there.");
    assert.ok((await helped.totalUsage()).total_tokens > 0);
  });

  it("hears answers, and joins their sound by letters", async () => {
    const whole = await client.chat.completions.create({
      model: "duet",
      messages: [...messages],
      ...heard,
      modalities: ["text", "audio"],
    });
    assert.equal(whole.choices[0]?.message.audio?.transcript, "Hello you there.");
    const helped = client.chat.completions.stream({
      model: "duet",
      messages: [...messages],
      ...heard,
      modalities: ["text", "audio"],
    });
    const { choices } = await helped.finalChatCompletion();
    const audio = choices[0]?.message.audio as { transcript: string; data: string };
    assert.equal(audio.transcript, "Hello you there.");
    const sound = Buffer.from(audio.data, "base64");
    assert.ok(sound.length > 10_000 && sound.length % 2 === 0);
    assert.equal(sound.toString("base64"), audio.data, "nothing was lost in between");
  });

  it("gets calls of tools", async () => {
    const asked = {
      model: "duet",
      messages: [{ role: "user" as const, content: "[[fault:tool-calls-parallel]]" }],
      tools: [...tools],
    };
    const names = (message: OpenAI.ChatCompletionMessage | undefined) =>
      message?.tool_calls?.map((call) => call.type === "function" && call.function.name);
    assert.deepEqual(names((await client.chat.completions.create(asked)).choices[0]?.message), [
      "get_weather",
      "get_time",
    ]);
    const helped = client.chat.completions.stream(asked);
    assert.deepEqual(names((await helped.finalChatCompletion()).choices[0]?.message), ["get_weather", "get_time"]);
  });

  it("finds models, and reads errors", async () => {
    assert.ok((await Array.fromAsync(client.models.list())).some(({ id }) => id === "tts-1"));
    assert.equal((await client.models.retrieve("duet")).id, "duet");
    await assert.rejects(client.audio.speech.create({ ...speech, voice: "nobody" }), (error) => {
      assert.ok(error instanceof NotFoundError);
      assert.deepEqual([error.code, error.param, error.type], ["voice_not_found", "voice", "invalid_request_error"]);
      assert.match(error.requestID ?? "", /^req_/);
      return true;
    });
    const broken = client.chat.completions.create({
      model: "duet",
      messages: [{ role: "user", content: "[[fault:error-mid]]" }],
      stream: true,
    });
    await assert.rejects(async () => Array.fromAsync(await broken), APIError);
  });

  it("tries again where that may help, and only there", async () => {
    const trying = new OpenAI({ baseURL: `${stack.url}/v1`, apiKey: "none", maxRetries: 2 });
    let tries = 0;
    const counting = trying.withOptions({
      fetch: (...given) => {
        tries++;
        return fetch(...given);
      },
    });
    await assert.rejects(
      counting.chat.completions.create({ model: "duet", messages: [{ role: "user", content: "[[fault:error-mid]]" }] }),
      APIError,
    );
    assert.equal(tries, 1, "the model has worked for it");
  });
});
