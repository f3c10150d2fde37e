import assert from "node:assert/strict";
import { once } from "node:events";
import { Code, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { test, vi } from "vitest";
import { GenerateService, Role } from "../../edge/gen/duet/generate/v1/generate_pb.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { GenerateRequest } from "../../services/gen/duet/generate/v1/generate.ts";
import { createVllm } from "../../services/generate/engines/openai/server.ts";
import { readRequest } from "../../services/generate/wire.ts";
import { beginStream, delta, finish, startPeer } from "./peer.ts";
import { answer, ask, startGenerate, startWithTwin } from "./start.ts";

test("a caller that leaves stops the model", async (context) => {
  const { client, twin } = await startWithTwin(context, { twin: { timeScale: 1 } });
  for await (const { event } of client.generate(ask("[[tokens:60]]"))) if (event?.$case === "delta") break;
  await vi.waitFor(() => assert.equal(twin.seen()[0]?.state, "aborted"));
});

test("an abort before the first token stops the model", async (context) => {
  const { client, twin } = await startWithTwin(context);
  const cancel = new AbortController();
  const call = client.generate(ask("[[fault:stall-first]]"), { signal: cancel.signal })[Symbol.asyncIterator]().next();
  await vi.waitFor(() => assert.equal(twin.seen().length, 1));
  cancel.abort();
  await assert.rejects(call, { name: "AbortError" });
  await vi.waitFor(() => assert.equal(twin.seen()[0]?.state, "aborted"));
});

test("a drain that runs out of time stops the model and tells the caller", async (context) => {
  const { client, server, twin } = await startWithTwin(context);
  const call = client.generate(ask("[[fault:stall]] [[tokens:20]]"))[Symbol.asyncIterator]();
  await call.next();
  const rest = assert.rejects(async () => {
    while (!(await call.next()).done);
  });
  await server.close();
  await rest;
  await vi.waitFor(() => assert.equal(twin.seen()[0]?.state, "aborted"));
});

test("the sockets of cancelled calls are closed, and the next call works", async (context) => {
  const closed: Promise<unknown>[] = [];
  const peer = await startPeer(context, (response) => {
    closed.push(once(response, "close"));
    beginStream(response);
    response.write(`data: ${JSON.stringify(delta("a"))}\n\n`);
  });
  const { client } = await startGenerate(context, peer.url, { model: "peer" });
  for (let turn = 0; turn < 20; turn++)
    for await (const { event } of client.generate(ask("hi"))) if (event?.$case === "delta") break;
  await Promise.all(closed);
  assert.equal(closed.length, 20);
});

test("a deadline of the edge ends the call with its code and stops the model", async (context) => {
  const { twin, server } = await startWithTwin(context);
  const transport = createGrpcTransport({ baseUrl: `http://${formatAddress(server.address)}` });
  const edge = createClient(GenerateService, transport);
  const messages = [{ role: Role.USER, content: "[[fault:stall]] [[tokens:20]]" }];
  await assert.rejects(
    async () => {
      for await (const _ of edge.generate({ messages }, { timeoutMs: 500 }));
    },
    { code: Code.DeadlineExceeded },
  );
  await vi.waitFor(() => assert.equal(twin.seen()[0]?.state, "aborted"));
});

test("an engine that said it failed is not listened to any longer", async (context) => {
  const closed = Promise.withResolvers<void>();
  const peer = await startPeer(context, (response) => {
    response.on("close", closed.resolve);
    beginStream(response);
    response.write('data: {"error":{"message":"dead","code":500}}\n\n');
  });
  const { client } = await startGenerate(context, peer.url, { model: "peer" });
  await assert.rejects(answer(client, ask("hi")));
  await closed.promise;
});

test("a caller that reads slowly is not a stalled engine", async (context) => {
  const goOn = Promise.withResolvers<void>();
  const peer = await startPeer(context, async (response) => {
    beginStream(response);
    response.write(`data: ${JSON.stringify(delta("a"))}\n\n`);
    await goOn.promise;
    response.end(`data: ${JSON.stringify(finish("stop"))}\n\ndata: [DONE]\n\n`);
  });
  const clock = createVirtualClock();
  const limits = { firstTokenTimeoutMs: 1000, stallTimeoutMs: 1000 };
  const engine = createVllm({ url: peer.url, apiKey: undefined, model: "peer", clock, ...limits });
  context.onTestFinished(() => engine.close());
  const defaults = { requestId: "r", maxTokens: 8, traceparent: undefined };
  const request = readRequest(GenerateRequest.fromPartial(ask("hi")), defaults);
  const events: string[] = [];
  for await (const event of engine.chat(request, new AbortController().signal)) {
    events.push(event.type);
    await clock.advance(60_000);
    if (event.type === "delta") goOn.resolve();
  }
  assert.deepEqual(events, ["accepted", "started", "delta", "finished"]);
  assert.equal(clock.pending, 0);
});
