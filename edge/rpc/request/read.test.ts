import assert from "node:assert/strict";
import { ConnectError, createContextValues } from "@connectrpc/connect";
import type { UniversalServerRequest, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { compressionGzip } from "@connectrpc/connect-node";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { toFailure } from "../../connect/errors.ts";
import { AssistantService } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { readRequests } from "./read.ts";

/** Reads a request by a clock that stands still: what the RPC gets of it, or the reason why it gets nothing. */
function read(type: string, body: AsyncIterable<Uint8Array<ArrayBuffer>>, clock = createVirtualClock()) {
  const rpc = async ({ body }: UniversalServerRequest): Promise<UniversalServerResponse> => {
    const parts = await Array.fromAsync(body as AsyncIterable<Uint8Array>);
    return {
      status: 200,
      body: (async function* () {
        yield Buffer.concat(parts);
      })(),
    };
  };
  const options = { maxBytes: 1000, compressions: [compressionGzip], timeoutMs: 25_000, clock };
  const answered = readRequests(
    rpc,
    AssistantService.method.speak,
    options,
  )({
    httpVersion: "1.1",
    method: "POST",
    url: "http://localhost/",
    header: new Headers({ "content-type": type }),
    body,
    signal: new AbortController().signal,
    contextValues: createContextValues(),
  });
  const reason = answered.then(
    () => "",
    (error: unknown) => {
      assert.ok(error instanceof ConnectError, String(error));
      return toFailure(error).reason;
    },
  );
  return { reason, clock };
}

async function* bytes(...parts: (string | number[])[]) {
  for (const part of parts) yield Buffer.from(part as string) as Uint8Array<ArrayBuffer>;
}

describe("what cannot be read is refused, whatever the form", () => {
  const rows: readonly (readonly [type: string, parts: (string | number[])[], reason: string])[] = [
    ["application/json", ['{"te', 'xt":"a"}'], ""],
    ["application/json", ['{"text":'], "UNREADABLE_REQUEST"],
    ["application/json", ["x".repeat(1001)], "REQUEST_TOO_LARGE"],
    ["application/proto", [[10, 1, 97]], ""],
    ["application/proto", [[10, 5, 97]], "UNREADABLE_REQUEST"],
    ["application/grpc", [[0, 0, 0, 0, 3, 10, 1, 97]], ""],
    ["application/grpc", [[0, 0, 0, 0, 3, 10, 1]], "UNREADABLE_REQUEST"],
    ["application/grpc", [[0, 0, 0, 0xff, 0xff, 0]], "REQUEST_TOO_LARGE"],
    ["application/grpc", [[1, 0, 0, 0, 1, 0]], "UNREADABLE_REQUEST"],
    ["application/grpc", [[0x3a, 0, 0, 0, 3, 10, 1, 97]], "UNREADABLE_REQUEST"],
    ["application/grpc", [], "UNREADABLE_REQUEST"],
    ["application/grpc-web", [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]], "UNREADABLE_REQUEST"],
    ["application/connect+json", [[0, 0, 0, 0, 2, 123, 125]], ""],
  ];
  for (const [type, parts, reason] of rows)
    it(`${type}: ${JSON.stringify(parts).slice(0, 40)}`, async () => {
      const { reason: told, clock } = read(type, bytes(...parts));
      assert.equal(await told, reason);
      assert.equal(clock.pending, 0);
    });
});

it("a request that does not end is refused after its time, however often a byte comes", async () => {
  const clock = createVirtualClock();
  async function* drip(first: number[]) {
    yield Buffer.from(first) as Uint8Array<ArrayBuffer>;
    for (;;) {
      await new Promise<void>((resolve) => clock.after(1_000, resolve));
      yield Buffer.from(" ") as Uint8Array<ArrayBuffer>;
    }
  }
  for (const [type, first] of [
    ["application/json", []],
    ["application/grpc", [0, 0, 0, 0, 99]],
  ] as const) {
    const { reason } = read(type, drip([...first]), clock);
    await clock.advance(25_000);
    assert.equal(await reason, "REQUEST_TOO_SLOW");
  }
});
