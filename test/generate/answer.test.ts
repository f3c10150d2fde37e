import assert from "node:assert/strict";
import { Metadata } from "nice-grpc";
import { test } from "vitest";
import { FinishReason, ThinkingMode } from "../../services/gen/duet/generate/v1/generate.ts";
import { beginStream, delta, finish, startPeer } from "./peer.ts";
import { answer, ask, startGenerate, startWithTwin } from "./start.ts";

const poem = "你好，世界。The price is 3.50 dollars 🙂, and that is all.";

test("an answer is started, deltas, finished, with usage and timings", async (context) => {
  const { client, admin } = await startWithTwin(context);
  const { events, text, started, finished } = await answer(client, ask(`[[say:${poem}]]`, { requestId: "turn-1.a" }));
  assert.equal(text, poem);
  assert.deepEqual(started, { requestId: "turn-1.a", model: "duet-script", openingHeld: false });
  assert.equal(events[0], "started");
  assert.ok(events.slice(1, -1).every((event) => event === "delta"));
  assert.equal(events.at(-1), "finished");
  assert.equal(finished?.reason, FinishReason.STOP);
  assert.ok((finished?.usage?.promptTokens ?? 0) > 0 && (finished?.usage?.completionTokens ?? 0) > 1);
  const { firstTokenMs = 0, totalMs = 0 } = finished?.timings ?? {};
  assert.ok(0 < firstTokenMs && firstTokenMs <= totalMs);
  const page = await (await fetch(`${admin}/metrics`)).text();
  assert.match(page, /duet_generate_ttft_seconds_count 1/);
  assert.match(page, new RegExp(`duet_generate_tokens_total{kind="completion"} ${finished?.usage?.completionTokens}`));
});

for (const oddity of ["empty-deltas", "text-in-finish", "multi-token", "split-utf8"])
  test(`the text is whole in spite of ${oddity}`, async (context) => {
    const { client } = await startWithTwin(context);
    const { text, finished } = await answer(client, ask(`[[say:${poem}]] [[fault:${oddity}]]`));
    assert.equal(text, poem);
    assert.equal(finished?.reason, FinishReason.STOP);
  });

test("a limit of tokens ends the answer with LENGTH; without one, the service's own holds", async (context) => {
  const { client, twin } = await startWithTwin(context);
  const { finished } = await answer(client, ask("[[tokens:500]]", { maxTokens: 7 }));
  assert.equal(finished?.reason, FinishReason.LENGTH);
  assert.equal(finished?.usage?.completionTokens, 7);
  await answer(client, ask("[[tokens:3]]"));
  assert.deepEqual(
    twin.seen().map(({ body }) => (body as { max_tokens: number }).max_tokens),
    [7, 64],
  );
});

test("a plain request to vLLM sends nothing of its own but that the model is not to think", async (context) => {
  const { client, twin } = await startWithTwin(context);
  await answer(client, ask("hello"));
  assert.deepEqual(twin.seen()[0]?.body, {
    model: "duet-script",
    messages: [{ role: "user", content: "hello" }],
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 64,
    chat_template_kwargs: { enable_thinking: false, thinking: false },
  });
  await answer(client, ask("hello", { thinking: ThinkingMode.ON }));
  assert.ok(!JSON.stringify(twin.seen()[1]).includes("chat_template_kwargs"));
});

test("request id, trace, key and every field reach the engine", async (context) => {
  const { client, twin } = await startWithTwin(context, { twin: { apiKey: "key" }, vllm: { apiKey: "key" } });
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const sampling = {
    temperature: 0,
    topP: 0.8,
    topK: 20,
    minP: 0.1,
    presencePenalty: 1,
    frequencyPenalty: -1,
    repetitionPenalty: 1.05,
    seed: 7,
  };
  const metadata = Metadata({ traceparent });
  await answer(client, ask("hi", { requestId: "r-1", model: "duet-script", sampling, stop: ["。"], priority: -3 }), {
    metadata,
  });
  const { headers, body } = twin.seen()[0] ?? assert.fail("the engine saw no request");
  assert.equal(headers["x-request-id"], "r-1");
  assert.equal(headers.traceparent, traceparent);
  assert.equal(headers.authorization, "Bearer key");
  const {
    temperature,
    top_p,
    top_k,
    min_p,
    presence_penalty,
    frequency_penalty,
    repetition_penalty,
    seed,
    stop,
    priority,
  } = body as Record<string, unknown>;
  assert.deepEqual(
    { temperature, top_p, top_k, min_p, presence_penalty, frequency_penalty, repetition_penalty, seed, stop, priority },
    {
      temperature: 0,
      top_p: 0.8,
      top_k: 20,
      min_p: 0.1,
      presence_penalty: 1,
      frequency_penalty: -1,
      repetition_penalty: 1.05,
      seed: 7,
      stop: ["。"],
      priority: -3,
    },
  );
});

test("an answer can be held to a shape", async (context) => {
  const { client, twin } = await startWithTwin(context);
  const options = ["yes", "no"];
  await answer(client, ask("a", { constraint: { $case: "jsonSchema", value: '{"type":"object"}' } }));
  await answer(client, ask("b", { constraint: { $case: "regex", value: "[0-9]+" } }));
  await answer(client, ask("c", { constraint: { $case: "choice", value: { options } } }));
  const shapes = twin.seen().map(({ body }) => {
    const { response_format, structured_outputs } = body as Record<string, unknown>;
    return response_format ?? structured_outputs;
  });
  assert.deepEqual(shapes, [
    { type: "json_schema", json_schema: { name: "answer", schema: { type: "object" }, strict: true } },
    { regex: "[0-9]+" },
    { choice: options },
  ]);
});

test("the one opening that a server is held to is heard before its first token", async (context) => {
  const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
  const peer = await startPeer(context, (response) => {
    beginStream(response);
    const events = [delta("Go on! It is."), finish("stop")].map((event) => `data: ${JSON.stringify(event)}\n\n`);
    void heard.then(() => response.end(`${events.join("")}data: [DONE]\n\n`));
  });
  const { client } = await startGenerate(context, peer.url, { holdOpenings: 1 });
  let text = "";
  for await (const { event } of client.generate(ask("Why?", { openings: ["Go on!"] }))) {
    if (event?.$case !== "delta") continue;
    if (text === "") assert.equal(event.value.text, "Go on! ");
    text += event.value.text;
    hear();
  }
  assert.equal(text, "Go on! It is.");
});
