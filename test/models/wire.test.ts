import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { startModelServer } from "../../infra/models/llama/server.ts";
import type { ChatRequest } from "../../services/generate/chat.ts";
import { createVllm } from "../../services/generate/engines/openai/server.ts";
import { look } from "../../services/generate/engines/openai/sighting.ts";
import { until } from "../support/until.ts";
import { createWriter, type Writer } from "./writer.ts";

const log = createLog({ service: "model", level: "silent" });

test("our own client takes a model of ours for any other: role, text, end, usage", async (context) => {
  const { url, model } = await serve(context);
  const engine = client(context, url);
  const { unwell, model: listed } = await look(engine, systemClock, new AbortController().signal);
  assert.deepEqual({ unwell, listed }, { unwell: undefined, listed: "words" });
  const events = Array.fromAsync(engine.chat(question("Hi"), new AbortController().signal));
  await until("it is asked", () => model.busy() === 1);
  model.say("你好");
  model.say(", you.");
  model.end("length");
  const text = (await events).map((event) => (event.type === "delta" ? event.text : "")).join("");
  assert.equal(text, "你好, you.");
  assert.deepEqual(
    (await events).slice(0, 2),
    ["accepted", "started"].map((type) => ({ type, model: "words" })),
  );
  assert.deepEqual((await events).at(-1), {
    type: "finished",
    reason: "length",
    usage: { promptTokens: 5, cachedTokens: 2, completionTokens: 3 },
  });
  assert.deepEqual(model.asked[0], {
    messages: [{ role: "user", content: "Hi" }],
    maxTokens: 20,
    sampling: {
      temperature: 0,
      topP: 0.95,
      topK: 40,
      minP: 0.05,
      presencePenalty: 0,
      frequencyPenalty: 0,
      repetitionPenalty: 1,
      seed: 7,
    },
    stop: ["!"],
    form: undefined,
    stream: true,
    usage: true,
  });
});

test("whoever leaves stops the model, and the next is written", async (context) => {
  const { url, model } = await serve(context);
  const engine = client(context, url);
  const leaving = new AbortController();
  const written = Array.fromAsync(engine.chat(question("one"), leaving.signal));
  await until("the first is written", () => model.busy() === 1);
  const next = Array.fromAsync(engine.chat(question("two"), new AbortController().signal));
  leaving.abort();
  await assert.rejects(written, { name: "AbortError" });
  await until("the second is written", () => model.asked.length === 2);
  assert.equal(model.busy(), 1);
  model.say("ok");
  model.end();
  assert.equal((await next).at(-1)?.type, "finished");
});

test("who finds the queue full is told 503, and our client that it is overloaded", async (context) => {
  const { url, model } = await serve(context, { queue: 0 });
  const engine = client(context, url);
  const written = Array.fromAsync(engine.chat(question("one"), new AbortController().signal));
  await until("the first is written", () => model.busy() === 1);
  await assert.rejects(Array.fromAsync(engine.chat(question("two"), new AbortController().signal)), {
    fault: "overloaded",
  });
  model.say("ok");
  model.end();
  await written;
  const after = fetch(`${url}/v1/chat/completions`, { method: "POST", body: body({}) });
  await until("there is room again", () => model.busy() === 1);
  model.end();
  assert.equal((await after).status, 200);
});

test("a server that closes stops what it writes", async (context) => {
  const { url, model, close } = await serve(context);
  const answer = fetch(`${url}/v1/chat/completions`, { method: "POST", body: body({ stream: true }) });
  await until("it is asked", () => model.busy() === 1);
  const text = (await answer).text();
  const cut = assert.rejects(text);
  await close();
  assert.equal(model.busy(), 0);
  await cut;
});

test("an answer that is not streamed comes whole", async (context) => {
  const { url, model } = await serve(context);
  const answer = fetch(`${url}/v1/chat/completions`, { method: "POST", body: body({}) });
  await until("it is asked", () => model.busy() === 1);
  model.say("a");
  model.say("b");
  model.end();
  const { choices, usage, object } = await (await answer).json();
  assert.equal(object, "chat.completion");
  assert.deepEqual(choices, [{ index: 0, message: { role: "assistant", content: "ab" }, finish_reason: "stop" }]);
  assert.deepEqual(usage, {
    prompt_tokens: 5,
    completion_tokens: 3,
    total_tokens: 8,
    prompt_tokens_details: { cached_tokens: 2 },
  });
});

const refused: [what: string, sent: string, status: number, error: { param: string | null; code: string | null }][] = [
  ["no JSON", "{", 400, { param: null, code: null }],
  ["no object", "[]", 400, { param: null, code: null }],
  ["no messages", "{}", 400, { param: "messages", code: "invalid_value" }],
  ["a tool's message", body({ messages: [{ role: "tool", content: "" }] }), 400, at("messages.0.role")],
  ["a temperature out of range", body({ temperature: 3 }), 400, at("temperature")],
  ["no tokens at all", body({ max_tokens: 0 }), 400, at("max_tokens")],
  ["two answers", body({ n: 2 }), 400, at("n")],
  ["a form that it does not know", body({ structured_outputs: { regex: "a" } }), 400, at("structured_outputs.choice")],
  ["another model", body({ model: "gpt" }), 404, { param: "model", code: "model_not_found" }],
  [
    "more than its context holds",
    body({ messages: [{ role: "user", content: "x".repeat(101) }] }),
    400,
    { param: "messages", code: "context_length_exceeded" },
  ],
  ["far too much", `"${"x".repeat(5_000_000)}"`, 413, { param: null, code: null }],
];
for (const [what, sent, status, error] of refused)
  test(`refuses ${what} with ${status} as OpenAI's API does`, async (context) => {
    const { url } = await serve(context);
    const response = await fetch(`${url}/v1/chat/completions`, { method: "POST", body: sent });
    const { message: _message, ...told } = (await response.json()).error;
    assert.equal(response.status, status);
    assert.deepEqual(told, { type: "invalid_request_error", ...error });
  });

test("serves nothing else", async (context) => {
  const { url } = await serve(context);
  assert.equal((await fetch(`${url}/v1/embeddings`, { method: "POST" })).status, 404);
  assert.equal((await fetch(`${url}/v1/chat/completions`)).status, 405);
  assert.deepEqual(await (await fetch(`${url}/health`)).json(), { status: "ok" });
  const { data } = await (await fetch(`${url}/v1/models`)).json();
  assert.equal(data[0].id, "words");
});

async function serve(
  context: TestContext,
  { queue = 4 } = {},
): Promise<{ url: string; model: Writer; close: () => Promise<void> }> {
  const model = createWriter();
  const listen = { host: "127.0.0.1", port: 0 };
  const { url, close } = await startModelServer({ model, listen, parallel: 1, queue, log });
  let closed: Promise<void> | undefined;
  const closeOnce = () => {
    closed ??= close();
    return closed;
  };
  context.onTestFinished(closeOnce);
  return { url, model, close: closeOnce };
}

function client(context: TestContext, url: string) {
  const engine = createVllm({
    url,
    apiKey: undefined,
    model: undefined,
    firstTokenTimeoutMs: 30_000,
    stallTimeoutMs: 30_000,
    clock: systemClock,
  });
  context.onTestFinished(() => engine.close());
  return engine;
}

function question(content: string): ChatRequest {
  return {
    requestId: "r",
    model: undefined,
    messages: [{ role: "user", content }],
    maxTokens: 20,
    sampling: { temperature: 0, seed: 7 },
    stop: ["!"],
    constraint: undefined,
    priority: 0,
    traceparent: undefined,
  };
}

function body(fields: object): string {
  return JSON.stringify({ messages: [{ role: "user", content: "Hi" }], ...fields });
}

function at(param: string): { param: string; code: string } {
  return { param, code: "invalid_value" };
}
