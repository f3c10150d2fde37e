import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, test } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { BadRequestSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { createGrpcClient, protocols } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { createAuthority, toFiles } from "./certificates.ts";
import { createKeptLog, token } from "./service.ts";

describe("with certificates and a token", () => {
  const home = createAuthority("home");
  const files = toFiles(home.issue("services"));
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      settings: { ...files.settings, DUET_SERVICE_TOKEN: token, DUET_LOG_LEVEL: "debug" },
      edge: { credentials: { token, tls: home.issue("edge") } },
    });
  });
  afterAll(async () => {
    await stack.close();
    files.remove();
  });

  test("a turn is written and spoken, and the services know whose it is", async () => {
    assert.match(stack.generate.url, /^https:/);
    const customer = createGrpcClient(stack.url);
    const turn = await readTurn(customer.client.converse({ text: "[[say:Good morning to you.]]" }));
    assert.equal(turn.finished.outcome, Outcome.COMPLETED);
    assert.equal(turn.text, "Good morning to you.");
    assert.ok(turn.pcm.length > 0);
    assert.ok((await customer.client.listVoices({})).voices.length > 0);
    const status = await customer.client.getStatus({});
    assert.deepEqual([status.generate?.ready, status.synthesize?.ready], [true, true]);
    customer.close();
    for (const [program, method] of [
      [stack.generate, "Generate"],
      [stack.synthesize, "Synthesize"],
      [stack.synthesize, "ListVoices"],
    ] as const)
      await until(`${method} is logged with its caller`, () =>
        program.written
          .split("\n")
          .some((line) =>
            line.includes(`"method":"${method}","code":"OK","tenant":"default","caller":"edge","msg":"call ended"`),
          ),
      );
    assert.ok(!(stack.generate.written + stack.synthesize.written).includes(token));
  });

  for (const [name, make] of Object.entries(protocols))
    test(`a customer that forges duet-tenant is refused: ${name}`, async () => {
      const asked = stack.vllm.seen().length;
      const caller = make(stack.url);
      const headers = { "Duet-Tenant": "acme", "duet-caller": "edge" };
      await assert.rejects(Array.fromAsync(caller.converse({ text: "hello" }, { headers })), (error) => {
        assert.ok(error instanceof ConnectError);
        assert.equal(error.code, Code.InvalidArgument);
        const violations = error.findDetails(BadRequestSchema)[0]?.fieldViolations ?? [];
        assert.deepEqual(violations.map(({ field }) => field).sort(), ["duet-caller", "duet-tenant"]);
        return true;
      });
      assert.equal(stack.vllm.seen().length, asked, "nobody was asked");
      caller.close();
    });

  test("also where a call is no turn", async () => {
    const customer = createGrpcClient(stack.url);
    const forged = { headers: { "duet-tenant": "acme" } };
    for (const call of [
      customer.client.listVoices({}, forged),
      customer.client.getStatus({}, forged),
      customer.client.interrupt({ turnId: "x" }, forged),
    ])
      await assert.rejects(call, { code: Code.InvalidArgument, rawMessage: /^duet-tenant: / });
    customer.close();
  });
});

test("a service hears from the edge its token, whose call it is and how long the customer waits, and nothing else of the customer's", async (context) => {
  const heard: IncomingHttpHeaders[] = [];
  const peer = createServer();
  peer.on("stream", (stream: ServerHttp2Stream, headers) => {
    heard.push(headers);
    stream.respond({ ":status": 200, "content-type": "application/grpc", "grpc-status": "14" }, { endStream: true });
  });
  peer.listen(0, "127.0.0.1");
  await once(peer, "listening");
  const { log, lines } = createKeptLog();
  const url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`;
  const stack = await startStack({
    edge: { generateUrl: url, synthesizeUrl: url, credentials: { token, tls: undefined }, log },
  });
  const customer = createGrpcClient(stack.url);
  context.onTestFinished(async () => {
    customer.close();
    await stack.close();
    await new Promise((resolve) => peer.close(resolve));
  });
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const headers = { authorization: "Bearer customer", cookie: "a=b", traceparent, "x-forwarded-for": "10.0.0.9" };
  const refused = { code: Code.Unavailable };
  await assert.rejects(readTurn(customer.client.converse({ text: "hello" }, { headers, timeoutMs: 20_000 })), refused);
  await assert.rejects(customer.client.listVoices({}, { headers }), refused);
  const [turn, voices] = heard;
  for (const call of [turn, voices]) {
    assert.equal(call?.authorization, `Bearer ${token}`);
    assert.deepEqual([call?.["duet-tenant"], call?.["duet-caller"]], ["default", "edge"]);
    // It came through a proxy: whoever sent it is not believed that it is recorded.
    assert.equal(call?.traceparent, traceparent.replace(/01$/, "00"));
    assert.deepEqual([call?.cookie, call?.["x-forwarded-for"]], [undefined, undefined]);
  }
  const remainingMs = /^(\d+)m$/.exec(String(turn?.["grpc-timeout"]))?.[1];
  assert.ok(Number(remainingMs) > 10_000 && Number(remainingMs) <= 20_250, `${turn?.["grpc-timeout"]}`);
  assert.equal(voices?.["grpc-timeout"], undefined);
  assert.deepEqual(
    lines.filter(({ message }) => message.includes("unencrypted")),
    [],
    "on loopback nobody listens",
  );
});
