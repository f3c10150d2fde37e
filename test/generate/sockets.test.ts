import assert from "node:assert/strict";
import { test } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { startVllmTwin } from "../../infra/twins/vllm/server.ts";
import { GenerateRequest } from "../../services/gen/duet/generate/v1/generate.ts";
import { createVllm } from "../../services/generate/engines/openai/server.ts";
import { readRequest } from "../../services/generate/wire.ts";
import { collect } from "../common/collect.ts";
import { beginStream, delta, finish, startPeer } from "./peer.ts";
import { answer, ask, startGenerate } from "./start.ts";

test("answers in a row take the sockets that are there, even if the end of a body comes late", async (context) => {
  const peer = await startPeer(context, (response) => {
    beginStream(response);
    response.write(
      `data: ${JSON.stringify(delta("ok"))}\n\ndata: ${JSON.stringify(finish("stop"))}\n\ndata: [DONE]\n\n`,
    );
    setTimeout(() => response.end(), 20);
  });
  const { client } = await startGenerate(context, peer.url);
  await answer(client, ask("hi"));
  const connections = peer.connections();
  for (let turn = 0; turn < 5; turn++) await answer(client, ask("hi"));
  assert.equal(peer.connections(), connections);
});

test("sockets that the server closed while they lay idle cost a caller nothing", async (context) => {
  const twin = await startVllmTwin({ timeScale: 0 });
  const limits = { firstTokenTimeoutMs: 10_000, stallTimeoutMs: 10_000 };
  const engine = createVllm({ url: twin.url, apiKey: undefined, model: undefined, clock: systemClock, ...limits });
  context.onTestFinished(async () => {
    await engine.close();
    await twin.close();
  });
  const defaults = { requestId: "r", maxTokens: 8, traceparent: undefined };
  const request = readRequest(GenerateRequest.fromPartial(ask("[[say:hi]] [[fault:idle-close]]")), defaults);
  // At once after the one before, without the service between: beside a closed socket there lies another then.
  for (const atOnce of [1, 1, 1, 1, 5, 1, 1]) {
    const calls = Array.from({ length: atOnce }, () => collect(engine.chat(request, new AbortController().signal)));
    for (const events of await Promise.all(calls)) assert.equal(events.at(-1)?.type, "finished");
  }
  assert.equal(twin.seen().filter(({ state }) => state === "finished").length, 11);
});
