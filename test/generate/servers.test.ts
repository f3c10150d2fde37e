import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { FinishReason } from "../../services/gen/duet/generate/v1/generate.ts";
import { until } from "../support/until.ts";
import { beginStream, delta, finish, sendEvents, startPeer } from "./peer.ts";
import { answer, ask, hurry, startGenerate } from "./start.ts";

test("a server that leaves out what it may leave out is understood", async (context) => {
  const peer = await startPeer(context, (response) =>
    sendEvents(
      response,
      { choices: [{ delta: { role: "assistant" } }] },
      { choices: [{ delta: { content: null, reasoning_content: "hm" } }] },
      { choices: [{ delta: null }] },
      { choices: [] },
      { error: null, choices: [{ delta: { content: "good" } }] },
      { choices: [{ delta: { content: " day" }, finish_reason: "stop" }] },
    ),
  );
  const { client } = await startGenerate(context, peer.url);
  const { text, started, finished } = await answer(client, ask("hi"));
  assert.equal(text, "good day");
  assert.equal(started?.model, "peer");
  assert.match(started?.requestId ?? "", /^[0-9a-f-]{36}$/);
  assert.equal(finished?.reason, FinishReason.STOP);
  assert.equal(finished?.usage, undefined);
});

test("comments, carriage returns and a reason of the future are taken as they come", async (context) => {
  const peer = await startPeer(context, (response) => {
    beginStream(response);
    response.write(": PROCESSING\r\n\r\n");
    response.write(`data: ${JSON.stringify(delta("你好"))}\r\n\r\n`);
    response.end(`data: ${JSON.stringify(finish("content_filter"))}\r\n\r\ndata: [DONE]`);
  });
  const { client } = await startGenerate(context, peer.url);
  const { text, finished } = await answer(client, ask("hi"));
  assert.equal(text, "你好");
  assert.equal(finished?.reason, FinishReason.UNSPECIFIED);
});

test("a character that is parted between two deltas arrives whole", async (context) => {
  const peer = await startPeer(context, (response) => {
    beginStream(response);
    response.write('data: {"choices":[{"delta":{"content":"a\\ud83d"}}]}\n\n');
    setImmediate(() => {
      response.write('data: {"choices":[{"delta":{"content":"\\ude42b\\ud83d"}}]}\n\n');
      response.end(`data: ${JSON.stringify(finish("stop"))}\n\ndata: [DONE]\n\n`);
    });
  });
  const { client, admin } = await startGenerate(context, peer.url);
  const { text } = await answer(client, ask("hi"));
  assert.equal(text, "a🙂b\ufffd");
  assert.match(await (await fetch(`${admin}/metrics`)).text(), /duet_generate_replacement_characters_total 1/);
});

test("deltas that arrived together are sent as one", async (context) => {
  const peer = await startPeer(context, (response) => {
    beginStream(response);
    const events = [delta("a"), delta("b"), delta("c"), finish("stop"), "[DONE]"];
    response.end(
      events.map((event) => `data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`).join(""),
    );
  });
  const { client } = await startGenerate(context, peer.url);
  const { events, text } = await answer(client, ask("hi"));
  assert.deepEqual([events, text], [["started", "delta", "finished"], "abc"]);
});

test("an answer is complete at [DONE], even if the server never ends it", async (context) => {
  const peer = await startPeer(context, (response) => {
    beginStream(response);
    response.write(`data: ${JSON.stringify(delta("ok"))}\n\n`);
    response.write(`data: ${JSON.stringify(finish("stop"))}\n\ndata: [DONE]\n\n`);
  });
  const clock = createVirtualClock();
  const patient = { firstTokenTimeoutMs: Number.MAX_SAFE_INTEGER, stallTimeoutMs: Number.MAX_SAFE_INTEGER };
  const { client } = await startGenerate(context, peer.url, { clock, model: "peer", ...patient });
  const { events } = await hurry(clock, answer(client, ask("hi")));
  assert.deepEqual([events[0], events.at(-1)], ["started", "finished"]);
});

test("the model's name is asked for once, and again when the server has changed it", async (context) => {
  let model = "first";
  let asked = 0;
  const peer = await startPeer(
    context,
    (response, _request, body) => {
      if (JSON.parse(body).model === model) sendEvents(response, delta("ok"), finish("stop"), "[DONE]");
      else response.writeHead(404).end('{"error":{"message":"no such model","type":"NotFoundError","code":404}}');
    },
    {
      "/v1/models": (response) => {
        asked++;
        response.end(JSON.stringify({ data: [{ id: model }] }));
      },
    },
  );
  const { client } = await startGenerate(context, peer.url);
  for (let turn = 0; turn < 2; turn++) assert.equal((await answer(client, ask("hi"))).started?.model, "first");
  assert.equal(asked, 1);
  model = "second";
  assert.equal((await answer(client, ask("hi"))).started?.model, "second");
  assert.equal(asked, 2);
});

for (const [below, path] of [
  ["/llm", "/llm/v1/chat/completions"],
  ["/llm/", "/llm/v1/chat/completions"],
  ["/v1", "/v1/chat/completions"],
  ["/v1/", "/v1/chat/completions"],
] as const)
  test(`a server at ${below} is asked at ${path}`, async (context) => {
    const good = (response: ServerResponse) => sendEvents(response, delta("ok"), finish("stop"), "[DONE]");
    const peer = await startPeer(context, good, { [path]: good });
    const { client } = await startGenerate(context, `${peer.url}${below}`, { model: "peer" });
    assert.equal((await answer(client, ask("hi"))).text, "ok");
  });

type Page = (response: ServerResponse) => void;

const emptyList: Page = (response) => response.end('{"object":"list","data":null}');
const cut: Page = (response) => response.destroy();
const wells: [what: string, pages: Record<string, Page>, reason: RegExp | undefined, model?: string][] = [
  ["shows that it is well", {}, undefined],
  ["has no health page", { "/health": (response) => response.writeHead(404).end("404 page not found") }, undefined],
  [
    "loads its model",
    { "/health": (response) => response.writeHead(503).end('{"error":{"message":"Loading model","code":503}}') },
    /Loading model/,
  ],
  ["says nothing of why it is unwell", { "/health": (response) => response.writeHead(503).end() }, /503/],
  [
    "is locked",
    { "/v1/models": (response) => response.writeHead(401).end('{"error":"Unauthorized"}') },
    /DUET_VLLM_API_KEY/,
  ],
  ["lists no model", { "/v1/models": emptyList }, /DUET_VLLM_MODEL/],
  ["lists no model, and is asked for one by name", { "/v1/models": emptyList }, undefined, "peer"],
  ["has no list, and is asked for a model by name", { "/v1/models": (r) => r.writeHead(404).end() }, undefined, "peer"],
  [
    "is locked, and is asked for a model by name",
    { "/v1/models": (response) => response.writeHead(401).end('{"error":"Unauthorized"}') },
    /DUET_VLLM_API_KEY/,
    "peer",
  ],
  ["does not show what only vLLM has", { "/version": cut, "/metrics": cut }, undefined],
  ["cuts its health page", { "/health": cut }, /cannot be reached.*DUET_VLLM_URL/],
];
for (const [what, pages, reason, model] of wells)
  test(`readiness and GetEngine agree on a server that ${what}`, async (context) => {
    const peer = await startPeer(context, () => {}, pages);
    const { admin, client } = await startGenerate(context, peer.url, { model });
    const response = await fetch(`${admin}/readyz`);
    const text = await response.text();
    const { servers } = await client.getEngine({});
    assert.equal(response.status, reason === undefined ? 200 : 503, text);
    if (reason !== undefined) assert.match(text, reason);
    assert.equal(servers[0]?.reason, reason === undefined ? "" : text.trim());
  });

test("a server whose pages never come is unwell after two seconds", async (context) => {
  let asked = 0;
  const peer = await startPeer(context, () => {}, { "/health": () => asked++ });
  const clock = createVirtualClock();
  const { admin, client } = await startGenerate(context, peer.url, { clock });
  const ready = fetch(`${admin}/readyz`).then((page) => page.text());
  await until("it is asked", () => asked > 0);
  const text = await hurry(clock, ready);
  assert.match(text, /did not answer a check within 2 s.*DUET_VLLM_URL/);
  const { servers } = await hurry(clock, client.getEngine({}));
  assert.equal(servers[0]?.reason, text.trim());
  assert.equal(clock.pending, 0);
});

test("a crowd that asks how a server is costs one look, and half a second later another", async (context) => {
  let looks = 0;
  const peer = await startPeer(context, () => {}, {
    "/health": (response) => {
      looks++;
      response.end();
    },
  });
  const clock = createVirtualClock();
  const { admin, client } = await startGenerate(context, peer.url, { clock });
  const crowd = () =>
    Promise.all([client.getEngine({}), ...["readyz", "metrics", "readyz"].map((page) => fetch(`${admin}/${page}`))]);
  await crowd();
  assert.equal(looks, 1);
  await clock.advance(500);
  await crowd();
  assert.equal(looks, 2);
});
