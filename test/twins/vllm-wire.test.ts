import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { connectRaw, readChunked } from "./raw.ts";
import { startVllm } from "./start.ts";

const chat = "POST /v1/chat/completions HTTP/1.1\r\ncontent-type: application/json\r\nx-request-id: req-1";
const question = (content: string, rest: object = {}) =>
  JSON.stringify({ messages: [{ role: "user", content }], ...rest });

/** The events of a stream, with the time of day taken out. */
function eventsOf(bytes: string): string[] {
  const { chunks } = readChunked(bytes);
  const text = Buffer.concat(chunks)
    .toString("utf8")
    .replace(/"created":\d+/g, '"created":0');
  assert.ok(text.endsWith("\n\n"));
  return text.slice(0, -2).split("\n\n");
}

const head = `data: {"id":"chatcmpl-req-1","object":"chat.completion.chunk","created":0,"model":"duet-script"`;
const role = `${head},"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"prompt_token_ids":null,"prompt_text":null}`;
const delta = (content: string) =>
  `${head},"choices":[{"index":0,"delta":{"content":"${content}"},"logprobs":null,"finish_reason":null,"token_ids":null}]}`;
const fingerprint = `"system_fingerprint":"vllm-0.28.0-tp1-36333df1"`;

test("a stream with usage is vLLM's, byte for byte", async (t) => {
  const twin = await startVllm(t);
  const connection = connectRaw(twin.url, t);
  connection.send(chat, question("[[say:你好。]]", { stream: true, stream_options: { include_usage: true } }));
  await connection.untilSeen("\r\n0\r\n\r\n");
  const { status, headers, chunks } = readChunked(connection.bytes());
  assert.equal(status, "HTTP/1.1 200 OK");
  assert.match(
    headers.join("\n"),
    /^date: .* GMT\nserver: uvicorn\ncontent-type: text\/event-stream; charset=utf-8\nTransfer-Encoding: chunked$/,
  );
  assert.deepEqual(eventsOf(connection.bytes()), [
    role,
    delta("你好"),
    delta("。"),
    `${head},"choices":[{"index":0,"delta":{"content":""},"logprobs":null,"finish_reason":"stop","stop_reason":null,"token_ids":null}]}`,
    `${head},"choices":[],"usage":{"prompt_tokens":16,"total_tokens":19,"completion_tokens":3},${fingerprint}}`,
    "data: [DONE]",
  ]);
  assert.equal(chunks.length, 6, "each event is a write of its own");
});

test("without usage the fingerprint is in the last chunk, and a limit puts text there", async (t) => {
  const twin = await startVllm(t);
  const connection = connectRaw(twin.url, t);
  connection.send(chat, question("[[say:你好。]]", { stream: true, max_tokens: 2 }));
  await connection.untilSeen("\r\n0\r\n\r\n");
  assert.deepEqual(eventsOf(connection.bytes()), [
    role,
    delta("你好"),
    `${head},"choices":[{"index":0,"delta":{"content":"。"},"logprobs":null,"finish_reason":"length","stop_reason":null,"token_ids":null}],${fingerprint}}`,
    "data: [DONE]",
  ]);
});

test("usage in every chunk when it is asked for", async (t) => {
  const twin = await startVllm(t);
  const connection = connectRaw(twin.url, t);
  const stream_options = { include_usage: true, continuous_usage_stats: true };
  connection.send(chat, question("[[say:a]]", { stream: true, stream_options }));
  await connection.untilSeen("[DONE]");
  const usages = eventsOf(connection.bytes()).flatMap((event) => /"usage":\{[^}]*\}/.exec(event)?.[0] ?? []);
  assert.deepEqual(usages, [
    `"usage":{"prompt_tokens":15,"total_tokens":15,"completion_tokens":0,"completion_tokens_details":null}`,
    `"usage":{"prompt_tokens":15,"total_tokens":16,"completion_tokens":1,"completion_tokens_details":null}`,
    `"usage":{"prompt_tokens":15,"total_tokens":17,"completion_tokens":2,"completion_tokens_details":null}`,
    `"usage":{"prompt_tokens":15,"total_tokens":17,"completion_tokens":2}`,
  ]);
});

test("an answer that is not streamed holds its nulls", async (t) => {
  const twin = await startVllm(t);
  const connection = connectRaw(twin.url, t);
  connection.send(chat, question("[[say:你好]]"));
  await connection.untilSeen('"metrics":null}');
  const [headers, body] = connection.text().split("\r\n\r\n") as [string, string];
  assert.match(
    headers,
    /^HTTP\/1.1 200 OK\r\ndate: .*\r\nserver: uvicorn\r\ncontent-length: \d+\r\ncontent-type: application\/json$/,
  );
  assert.equal(
    body.replace(/"created":\d+/, '"created":0'),
    `{"id":"chatcmpl-req-1","object":"chat.completion","created":0,"model":"duet-script","choices":[{"index":0,"message":{"role":"assistant","content":"你好","refusal":null,"annotations":null,"audio":null,"function_call":null,"reasoning":null},"logprobs":null,"finish_reason":"stop","stop_reason":null,"token_ids":null,"routed_experts":null}],"service_tier":null,${fingerprint},"usage":{"prompt_tokens":15,"total_tokens":17,"completion_tokens":2,"prompt_tokens_details":null,"completion_tokens_details":null},"prompt_logprobs":null,"prompt_token_ids":null,"prompt_text":null,"kv_transfer_params":null,"ec_transfer_params":null,"metrics":null}`,
  );
});

test("headers go out while the first token is still being made, and tokens come a step apart", async (t) => {
  const clock = createVirtualClock();
  const twin = await startVllm(t, { clock, timeScale: 1 });
  const connection = connectRaw(twin.url, t);
  connection.send(chat, question("[[tokens:3]]", { stream: true }));
  await connection.untilSeen("\r\n\r\n");
  assert.equal(readChunked(connection.bytes()).chunks.length, 0);
  await clock.advance(25);
  await connection.untilSeen('"content":"The"');
  assert.equal(readChunked(connection.bytes()).chunks.length, 2, "the role comes with the first token");
  await clock.advance(20);
  await connection.untilSeen('"content":" river"');
  assert.ok(!connection.bytes().includes(" runs"));
});

test("a connection is kept, and closed once it has been idle", async (t) => {
  const twin = await startVllm(t, { keepAliveMs: 50 });
  const connection = connectRaw(twin.url, t);
  connection.send("GET /version HTTP/1.1");
  await connection.untilSeen('{"version":"0.28.0"}');
  connection.send("GET /version HTTP/1.1");
  await connection.untilEnded();
  assert.equal(connection.bytes().split('{"version":"0.28.0"}').length, 3);
  assert.doesNotMatch(connection.bytes(), /keep-alive/i);
  assert.equal(connection.ended(), "end");
});
