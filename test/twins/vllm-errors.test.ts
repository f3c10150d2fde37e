import assert from "node:assert/strict";
import { test } from "vitest";
import { startVllm } from "./start.ts";

const messages = [{ role: "user", content: "hello" }];
const bad = (message: string, param: string | null) => ({ message, type: "BadRequestError", param, code: 400 });

/** A chat request that is refused, and the error that it gets. */
const refused: [string, object, object][] = [
  [
    "an unknown model",
    { messages, model: "x" },
    { message: "The model `x` does not exist.", type: "NotFoundError", param: "model", code: 404 },
  ],
  [
    "temperature",
    { messages, temperature: 3 },
    bad("temperature must be in [0, 2], got 3.0. (parameter=temperature, value=3.0)", "temperature"),
  ],
  ["top_p", { messages, top_p: 0 }, bad("top_p must be in (0, 1], got 0.0. (parameter=top_p, value=0.0)", "top_p")],
  [
    "max_tokens of none",
    { messages, max_tokens: 0 },
    bad("max_tokens must be at least 1, got 0. (parameter=max_tokens, value=0)", "max_tokens"),
  ],
  [
    "more tokens than the context",
    { messages, max_tokens: 40_000 },
    bad(
      "max_tokens=40000 cannot be greater than max_model_len=max_total_tokens=32768. Please request fewer output tokens. (parameter=max_tokens, value=40000)",
      "max_tokens",
    ),
  ],
  [
    "a prompt that leaves no room",
    { messages: [{ role: "user", content: "一".repeat(60_000) }], max_tokens: 512 },
    bad(
      "This model's maximum context length is 32768 tokens. However, you requested 512 output tokens and your prompt contains at least 32257 input tokens, for a total of at least 32769 tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=32257)",
      "input_tokens",
    ),
  ],
  ["an empty stop string", { messages, stop: [""] }, bad("stop cannot contain an empty string.", null)],
  [
    "stream_options without stream",
    { messages, stream_options: {} },
    bad("Stream options can only be defined when `stream=True`. (parameter=stream_options)", "stream_options"),
  ],
  [
    "two constraints",
    { messages, structured_outputs: { regex: "a", choice: ["a"] } },
    bad("You can only use one kind of structured outputs constraint but multiple are specified.", null),
  ],
  [
    "a missing field",
    { prompt: "it's" },
    {
      message: `1 validation error:\n  {'type': 'missing', 'loc': ('body', 'messages'), 'msg': 'Field required', 'input': {'prompt': "it's"}}`,
      type: "Bad Request",
      param: "body.messages",
      code: 400,
    },
  ],
];

for (const [name, body, error] of refused)
  test(`refuses ${name}`, async (t) => {
    const twin = await startVllm(t);
    const response = await fetch(`${twin.url}/v1/chat/completions`, { method: "POST", body: JSON.stringify(body) });
    const text = await response.text();
    assert.equal(text, JSON.stringify({ error }));
    assert.equal(response.status, JSON.parse(text).error.code);
    assert.equal(twin.seen()[0]?.state, "refused");
  });

test("asks for the key below /v1 alone", async (t) => {
  const twin = await startVllm(t, { apiKey: "secret" });
  const refusal = await fetch(`${twin.url}/v1/models`);
  assert.equal(refusal.status, 401);
  assert.equal(await refusal.text(), '{"error":"Unauthorized"}');
  assert.equal((await fetch(`${twin.url}/v1/models`, { headers: { authorization: "Bearer secret" } })).status, 200);
  assert.equal((await fetch(`${twin.url}/health`)).status, 200);
});

test("says of an unknown path and of a wrong method what FastAPI says", async (t) => {
  const twin = await startVllm(t);
  const unknown = await fetch(`${twin.url}/generate`, { method: "POST" });
  assert.deepEqual([unknown.status, await unknown.text()], [404, '{"detail":"Not Found"}']);
  const wrong = await fetch(`${twin.url}/v1/chat/completions`);
  assert.deepEqual([wrong.status, await wrong.text()], [405, '{"detail":"Method Not Allowed"}']);
  assert.equal(wrong.headers.get("allow"), "POST");
});

test("takes a taken port for what it is", async (t) => {
  const twin = await startVllm(t);
  await assert.rejects(
    startVllm(t, { port: Number(new URL(twin.url).port) }),
    /is taken by another program: set --port/,
  );
});
