import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { until } from "../support/until.ts";
import { connectRaw } from "./raw.ts";
import { startVllm } from "./start.ts";

const chat = "POST /v1/chat/completions HTTP/1.1\r\ncontent-type: application/json";

async function ask(url: string, content: string, rest: object = {}): Promise<string> {
  const body = JSON.stringify({ messages: [{ role: "user", content }], ...rest });
  const response = await fetch(`${url}/v1/chat/completions`, { method: "POST", body });
  const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
  return choices[0]?.message.content as string;
}

test("a client that leaves aborts its request, and gives up its place in the batch", async (t) => {
  const twin = await startVllm(t, { timeScale: 0.1 });
  const connection = connectRaw(twin.url, t);
  connection.send(
    `${chat}\r\nx-request-id: me\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`,
    JSON.stringify({ messages: [{ role: "user", content: "[[tokens:5000]]" }], stream: true }),
  );
  await connection.untilSeen('"content":" river"');
  assert.match(
    await (await fetch(`${twin.url}/metrics`)).text(),
    /vllm:num_requests_running\{engine="0",model_name="duet-script"\} 1\n/,
  );
  connection.leave();
  await until("it is aborted", () => twin.seen()[0]?.state === "aborted");
  const [seen] = (await (await fetch(`${twin.url}/_twin/requests`)).json()) as ReturnType<typeof twin.seen>;
  assert.equal(seen?.id, "chatcmpl-me");
  assert.equal(seen?.headers["x-request-id"], "me");
  assert.match(String(seen?.headers.traceparent), /^00-0af7/);
  assert.ok((seen?.tokens ?? 0) >= 2 && (seen?.tokens ?? 0) < 5000);
  assert.ok((seen?.tookMs ?? 0) > 0);
  const metrics = await (await fetch(`${twin.url}/metrics`)).text();
  assert.match(metrics, /vllm:num_requests_running\{[^}]*\} 0\n/);
  assert.match(metrics, /vllm:request_success_total\{[^}]*finished_reason="abort"\} 1\n/);
});

test("a client that waits for the whole answer and leaves aborts it too", async (t) => {
  const twin = await startVllm(t, { timeScale: 0.1 });
  const connection = connectRaw(twin.url, t);
  connection.send(chat, JSON.stringify({ messages: [{ role: "user", content: "[[tokens:5000]]" }] }));
  await until("it has begun", () => (twin.seen()[0]?.tokens ?? 0) > 0);
  connection.leave();
  await until("it is aborted", () => twin.seen()[0]?.state === "aborted");
});

test("closing the twin ends what runs, and every connection", async (t) => {
  const twin = await startVllm(t, { timeScale: 1 });
  const connection = connectRaw(twin.url, t);
  connection.send(chat, JSON.stringify({ messages: [{ role: "user", content: "[[fault:stall]]" }], stream: true }));
  await connection.untilSeen("role");
  await twin.close();
  await connection.untilEnded();
  assert.equal(twin.seen()[0]?.state, "aborted");
});

test("requests share the steps of the batch", async (t) => {
  const clock = createVirtualClock();
  const twin = await startVllm(t, { clock, timeScale: 1 });
  const answers = Promise.all(Array.from({ length: 8 }, () => ask(twin.url, "[[tokens:20]]")));
  await until("all have come", () => twin.seen().length === 8);
  // 21 steps of 18 ms and 0.12 ms for each of 8 tokens: 400 ms and the prefill. One after the other would be 3 s.
  await clock.advance(350);
  assert.equal(twin.seen().filter(({ state }) => state === "finished").length, 0);
  await clock.advance(150);
  await answers;
  assert.equal(clock.pending, 0);
});

test("/metrics counts tokens, and the time to the first of them and between them", async (t) => {
  const clock = createVirtualClock();
  const twin = await startVllm(t, { clock, timeScale: 1 });
  const answer = ask(twin.url, "[[tokens:9]]");
  await until("it has come", () => twin.seen().length === 1);
  await clock.advance(1000);
  await answer;
  const metrics = await (await fetch(`${twin.url}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^vllm:${name}\\{[^}]*\\} (\\S+)$`, "m").exec(metrics)?.[1]);
  assert.equal(value("generation_tokens_total"), 10);
  assert.equal(value("prompt_tokens_total"), 15);
  assert.equal(value("request_generation_tokens_sum"), 10);
  assert.equal(value("inter_token_latency_seconds_count"), 9);
  assert.equal(value("time_to_first_token_seconds_count"), 1);
  const [first, between] = [value("time_to_first_token_seconds_sum"), value("inter_token_latency_seconds_sum") / 9];
  assert.ok(first > 0.019 && first < 0.021, `${first} s to the first token: a step of 18 ms and 15 tokens of prompt`);
  assert.ok(between > 0.0175 && between < 0.0187, `${between} s between tokens`);
});

test("answers in the form that is asked for", async (t) => {
  const twin = await startVllm(t);
  assert.equal(await ask(twin.url, "pick", { structured_outputs: { choice: ["yes", "no"] } }), "yes");
  assert.equal(await ask(twin.url, "say no", { structured_outputs: { choice: ["yes", "no"] } }), "no");
  assert.match(
    await ask(twin.url, "a", { structured_outputs: { regex: "(\\d{3}-){2}[a-f]+" } }),
    /^(\d{3}-){2}[a-f]+$/,
  );
  const schema = {
    type: "object",
    properties: { name: { type: "string" }, age: { type: "integer", minimum: 3 } },
    required: ["age"],
  };
  assert.equal(await ask(twin.url, "a", { structured_outputs: { json: schema } }), '{"age":3}');
  assert.equal(await ask(twin.url, "a", { structured_outputs: { json: JSON.stringify(schema) } }), '{"age":3}');
  const response_format = { type: "json_schema", json_schema: { name: "person", schema } };
  assert.equal(await ask(twin.url, "a", { response_format }), '{"age":3}');
  assert.equal(typeof JSON.parse(await ask(twin.url, "a", { response_format: { type: "json_object" } })), "object");
});

test("stops at a stop string, and says at which", async (t) => {
  const twin = await startVllm(t);
  const body = JSON.stringify({ messages: [{ role: "user", content: "[[say:one, two, three]]" }], stop: [", t"] });
  const response = await fetch(`${twin.url}/v1/chat/completions`, { method: "POST", body });
  const { choices } = (await response.json()) as {
    choices: { message: { content: string }; finish_reason: string; stop_reason: string }[];
  };
  assert.deepEqual(
    [choices[0]?.message.content, choices[0]?.finish_reason, choices[0]?.stop_reason],
    ["one", "stop", ", t"],
  );
});

test("tells what it serves", async (t) => {
  const twin = await startVllm(t, { modelName: "m", version: "0.30.0", maxModelLen: 4096 });
  const get = async (path: string) => (await fetch(`${twin.url}${path}`)).text();
  assert.equal(await get("/version"), '{"version":"0.30.0"}');
  assert.equal(await get("/health"), "");
  const { data } = JSON.parse(await get("/v1/models"));
  assert.deepEqual([data[0].id, data[0].owned_by, data[0].max_model_len], ["m", "vllm", 4096]);
  const body = JSON.stringify({ prompt: "你好, world", return_token_strs: true });
  const tokenized = await (await fetch(`${twin.url}/tokenize`, { method: "POST", body })).json();
  const { count, max_model_len, tokens, token_strs } = tokenized as Record<string, unknown[]>;
  assert.deepEqual([count, max_model_len, tokens?.length, token_strs], [3, 4096, 3, ["你好", ",", " world"]]);
});
