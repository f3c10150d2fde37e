import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Status } from "nice-grpc";
import { GenerateRequest } from "../../services/gen/duet/generate/v1/generate.ts";
import { beginStream, delta, startPeer } from "./peer.ts";
import { ask, startGenerate, startWithTwin } from "./start.ts";

test("a caller that leaves stops the model", async (context) => {
  const { client, twin } = await startWithTwin(context, { twin: { timeScale: 1 } });
  for await (const { event } of client.generate(ask("[[tokens:60]]"))) if (event?.$case === "delta") break;
  await context.waitFor(() => assert.equal(twin.seen()[0]?.state, "aborted"));
});

test("an abort before the first token stops the model", async (context) => {
  const { client, twin } = await startWithTwin(context);
  const cancel = new AbortController();
  const call = client.generate(ask("[[fault:stall-first]]"), { signal: cancel.signal })[Symbol.asyncIterator]().next();
  await context.waitFor(() => assert.equal(twin.seen().length, 1));
  cancel.abort();
  await assert.rejects(call, { name: "AbortError" });
  await context.waitFor(() => assert.equal(twin.seen()[0]?.state, "aborted"));
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
  await context.waitFor(() => assert.equal(twin.seen()[0]?.state, "aborted"));
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

test("a deadline of the caller ends the call with its code and stops the model", async (context) => {
  const { twin, server } = await startWithTwin(context);
  const client = new Client(`${server.address.host}:${server.address.port}`, credentials.createInsecure());
  context.after(() => client.close());
  const call = client.makeServerStreamRequest(
    "/duet.generate.v1.GenerateService/Generate",
    (request: GenerateRequest) => Buffer.from(GenerateRequest.encode(request).finish()),
    (bytes) => bytes,
    GenerateRequest.fromPartial(ask("[[fault:stall]] [[tokens:20]]")),
    new Metadata(),
    { deadline: Date.now() + 300 },
  );
  call.resume();
  const [error] = await once(call, "error");
  assert.equal(error.code, Status.DEADLINE_EXCEEDED);
  await context.waitFor(() => assert.equal(twin.seen()[0]?.state, "aborted"));
});
