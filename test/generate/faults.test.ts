import assert from "node:assert/strict";
import { createServer } from "node:http";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { Status } from "nice-grpc";
import { BadRequest, ErrorInfo, RetryInfo, RichClientError } from "nice-grpc-error-details";
import { test, vi } from "vitest";
import { GenerateService } from "../../edge/gen/duet/generate/v1/generate_pb.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { formatAddress, listen } from "../../infra/net/address.ts";
import { collect } from "../common/collect.ts";
import { delta, finish, sendEvents, startPeer } from "./peer.ts";
import { answer, ask, hurry, startGenerate, startWithTwin } from "./start.ts";

type Rich = InstanceType<typeof RichClientError>;

/** The failure of a call: its code, reason and the rest. */
async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => assert.fail("the call did not fail"),
    (thrown) => thrown,
  );
  assert.ok(error instanceof RichClientError, `no details: ${error}`);
  const details = (error as Rich).extra;
  const info = details.find(({ $type }) => $type === ErrorInfo.$type) as ErrorInfo;
  return { code: Status[error.code], reason: info.reason, message: error.details, details };
}

const secret = "my-secret-words";

const twinFaults: [fault: string, code: string, reason: string][] = [
  ["abort", "UNAVAILABLE", "ENGINE_BROKEN"],
  ["abort-before-first", "UNAVAILABLE", "ENGINE_BROKEN"],
  ["error-first", "INTERNAL", "ENGINE_REJECTED"],
  ["error-mid", "UNAVAILABLE", "ENGINE_BROKEN"],
  ["reset", "UNAVAILABLE", "ENGINE_BROKEN"],
  ["reset-before", "UNAVAILABLE", "ENGINE_UNREACHABLE"],
  ["engine-dead", "UNAVAILABLE", "ENGINE_BROKEN"],
  ["overload", "RESOURCE_EXHAUSTED", "ENGINE_OVERLOADED"],
  ["model-404", "INTERNAL", "ENGINE_REJECTED"],
  ["context-400", "INVALID_ARGUMENT", "INVALID_REQUEST"],
];

for (const [fault, code, reason] of twinFaults)
  test(`${fault} becomes ${code}, and the next call works`, async (context) => {
    const { client } = await startWithTwin(context);
    const failure = await failureOf(answer(client, ask(`${secret} [[tokens:20]] [[fault:${fault}]]`)));
    assert.deepEqual([failure.code, failure.reason], [code, reason]);
    assert.doesNotMatch(failure.message, new RegExp(secret));
    assert.equal((await answer(client, ask("[[say:fine]]"))).text, "fine");
  });

for (const [fault, heard] of [
  ["stall-first", []],
  ["stall", ["started", "delta"]],
] as const)
  test(`${fault} becomes DEADLINE_EXCEEDED, and the engine is told to stop`, async (context) => {
    const clock = createVirtualClock();
    const { client, twin } = await startWithTwin(context, { vllm: { clock } });
    const call = client.generate(ask(`[[tokens:20]] [[fault:${fault}]]`))[Symbol.asyncIterator]();
    for (const expected of heard) assert.equal((await call.next()).value?.event?.$case, expected);
    const rest = failureOf(collect({ [Symbol.asyncIterator]: () => call }));
    await vi.waitFor(() => assert.equal(twin.seen().length, 1));
    assert.deepEqual(await hurry(clock, rest).then(({ code, reason }) => [code, reason]), [
      "DEADLINE_EXCEEDED",
      "ENGINE_STALLED",
    ]);
    await vi.waitFor(() => assert.equal(twin.seen()[0]?.state, "aborted"));
    assert.equal(clock.pending, 0);
  });

test("overload says how long to wait; a prompt that is too long says which field", async (context) => {
  const { client } = await startWithTwin(context);
  const { details } = await failureOf(answer(client, ask("[[fault:overload]]")));
  assert.ok(details.some(({ $type }) => $type === RetryInfo.$type));
  const long = await failureOf(answer(client, ask("[[fault:context-400]]")));
  const bad = long.details.find(({ $type }) => $type === BadRequest.$type) as BadRequest;
  assert.equal(bad.fieldViolations[0]?.field, "messages");
});

test("the edge's own client reads codes and details", async (context) => {
  const { server } = await startWithTwin(context);
  const transport = createGrpcTransport({ baseUrl: `http://${formatAddress(server.address)}` });
  const failed = await collect(createClient(GenerateService, transport).generate({ requestId: "no spaces" })).then(
    () => assert.fail("the call did not fail"),
    (error) => ConnectError.from(error),
  );
  assert.equal(failed.code, Code.InvalidArgument);
  const types = failed.details.map((detail) => ("type" in detail ? detail.type : ""));
  assert.deepEqual(types, ["google.rpc.ErrorInfo", "google.rpc.BadRequest"]);
  const [, bytes] = failed.details.map((detail) =>
    "value" in detail ? (detail.value as Uint8Array) : new Uint8Array(),
  );
  const { fieldViolations } = BadRequest.decode(bytes ?? new Uint8Array());
  assert.deepEqual(
    fieldViolations.map(({ field }) => field),
    ["request_id", "messages"],
  );
});

test("a wrong key is the operator's fault and names the setting", async (context) => {
  const { client } = await startWithTwin(context, { twin: { apiKey: "right" }, vllm: { apiKey: "wrong" } });
  const { code, reason, message } = await failureOf(answer(client, ask("hi")));
  assert.deepEqual([code, reason], ["INTERNAL", "ENGINE_UNAUTHORIZED"]);
  assert.match(message, /DUET_VLLM_API_KEY/);
});

test("a model that the request names and nobody serves is NOT_FOUND", async (context) => {
  const { client } = await startWithTwin(context);
  assert.equal((await failureOf(answer(client, ask("hi", { model: "nobody" })))).code, "NOT_FOUND");
});

test("nobody at the address is UNAVAILABLE and names the setting", async (context) => {
  const closed = createServer();
  const address = await listen(closed, { host: "127.0.0.1", port: 0 }, "DUET_VLLM_URL");
  await new Promise((resolve) => closed.close(resolve));
  const { client, admin } = await startGenerate(context, `http://${formatAddress(address)}`);
  const { code, message } = await failureOf(answer(client, ask("hi")));
  assert.equal(code, "UNAVAILABLE");
  assert.match(message, /ECONNREFUSED.*DUET_VLLM_URL/);
  const ready = await fetch(`${admin}/readyz`);
  assert.equal(ready.status, 503);
  assert.match(await ready.text(), /DUET_VLLM_URL/);
});

const refusals: [what: string, status: number, type: string, body: string, code: string][] = [
  ["an error that is a string", 401, "application/json", '{"error":"Unauthorized"}', "INTERNAL"],
  ["a 503 that is a string", 503, "application/json", '{"error":"scaling"}', "RESOURCE_EXHAUSTED"],
  ["429", 429, "application/json", '{"error":{"message":"slow down","code":"rate_limit"}}', "RESOURCE_EXHAUSTED"],
  ["a route that is not there", 404, "application/json", '{"detail":"Not Found"}', "INTERNAL"],
  ["an empty body", 500, "application/json", "", "UNAVAILABLE"],
  ["a proxy's page", 502, "text/html", `<html>${secret}</html>`, "UNAVAILABLE"],
  ["a page of 5 MB", 500, "text/html", "x".repeat(5 * 1024 * 1024), "UNAVAILABLE"],
  ["a proxy that gave up", 504, "text/html", "<html></html>", "DEADLINE_EXCEEDED"],
  ["a list", 400, "application/json", `["${secret}"]`, "INTERNAL"],
  [
    "a validation error that quotes the request",
    400,
    "application/json",
    `{"error":{"message":"1 validation error: input '${secret}'","type":"Bad Request","param":"body.messages","code":400}}`,
    "INTERNAL",
  ],
  ["a model that is not there, in a string", 404, "application/json", '{"error":"no such model"}', "INTERNAL"],
  [
    "OpenAI's context limit",
    400,
    "application/json",
    '{"error":{"message":"too long","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}',
    "INVALID_ARGUMENT",
  ],
  [
    "llama.cpp's context limit",
    400,
    "application/json",
    '{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_ctx":4096}}',
    "INVALID_ARGUMENT",
  ],
  ["a page instead of a stream", 200, "text/html", `<html>${secret}</html>`, "UNAVAILABLE"],
];

for (const [what, status, type, body, code] of refusals)
  test(`${what} (${status}) becomes ${code}`, async (context) => {
    const peer = await startPeer(context, (response) => response.writeHead(status, { "content-type": type }).end(body));
    const { client } = await startGenerate(context, peer.url);
    const failure = await failureOf(answer(client, ask(secret)));
    assert.equal(failure.code, code, failure.message);
    assert.doesNotMatch(failure.message, new RegExp(secret));
  });

const streams: [what: string, events: (string | object)[], code: string][] = [
  ["an error that is a string, in mid-stream", [delta("a"), { error: secret }], "UNAVAILABLE"],
  ["an error whose code is a string", [{ error: { code: "503", message: "busy" } }], "RESOURCE_EXHAUSTED"],
  ["an event that is not JSON", [delta("a"), `{"choices": ${secret}`], "UNAVAILABLE"],
  ["an event that is JSON and no chunk", ["null"], "UNAVAILABLE"],
  ["an event of 5 MB", [delta("a"), "x".repeat(5 * 1024 * 1024)], "UNAVAILABLE"],
  ["an end without [DONE] or reason", [delta("a")], "UNAVAILABLE"],
  ["no event at all", [], "UNAVAILABLE"],
  ["finish_reason error", [delta("a"), finish("error"), "[DONE]"], "UNAVAILABLE"],
];

for (const [what, events, code] of streams)
  test(`${what} becomes ${code}`, async (context) => {
    const peer = await startPeer(context, (response) => sendEvents(response, ...events));
    const { client } = await startGenerate(context, peer.url);
    const failure = await failureOf(answer(client, ask("hi")));
    assert.equal(failure.code, code, failure.message);
    assert.doesNotMatch(failure.message, new RegExp(secret));
  });
