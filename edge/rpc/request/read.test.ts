import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { Code, ConnectError, createContextValues } from "@connectrpc/connect";
import type { UniversalServerRequest, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { compressionGzip } from "@connectrpc/connect-node";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { toFailure } from "../../connect/errors.ts";
import { AssistantService } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Bytes } from "./bytes.ts";
import { readRequests } from "./read.ts";

/**
 * Reads a request by a clock that stands still: the reason and the sentence with which it is refused; empty if it is
 * not.
 */
function read(type: string, body: AsyncIterable<Bytes>, { encoding = "", clock = createVirtualClock() } = {}) {
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
    header: new Headers({ "content-type": type, [encodingHeaderOf(type)]: encoding }),
    body,
    signal: new AbortController().signal,
    contextValues: createContextValues(),
  });
  const refusal = answered.then(
    () => "",
    (error: unknown) => {
      assert.ok(error instanceof ConnectError, String(error));
      const { reason, message } = toFailure(error);
      return `${reason}: ${message}`;
    },
  );
  return { refusal, clock };
}

const encodingHeaderOf = (type: string) => (type.includes("grpc") ? "grpc-encoding" : "content-encoding");

async function* bytes(...parts: (string | number[])[]) {
  for (const part of parts) yield Buffer.from(part as string) as Bytes;
}

describe("what cannot be read is refused, whatever the form", () => {
  const packed = [...gzipSync(Buffer.from([10, 1, 97]))];
  const bomb = [...gzipSync(Buffer.alloc(1001))];
  const framed = (flags: number, message: readonly number[]) => [flags, 0, 0, 0, message.length, ...message];
  const rows: readonly (readonly [type: string, encoding: string, parts: (string | number[])[], told: RegExp | ""])[] =
    [
      ["application/json", "", ['{"te', 'xt":"a"}'], ""],
      ["application/json", "", ['{"text":'], /is not valid JSON/],
      ["application/json", "", [[34, 255, 34]], /is not valid UTF-8/],
      ["application/json", "", ["x".repeat(500), "x".repeat(501)], /REQUEST_TOO_LARGE/],
      ["application/json", "", [`{"text":"${"x".repeat(989)}"}`], ""],
      ["application/proto", "", [[10, 1, 97]], ""],
      ["application/proto", "", [[10, 1, 255]], /is not valid UTF-8/],
      ["application/proto", "", [[10, 5, 97]], /is not a valid protobuf message of this call's request type/],
      ["application/proto", "gzip", [packed], ""],
      ["application/proto", "gzip", [packed.slice(0, 12)], /cannot be decompressed with the stated encoding/],
      ["application/proto", "gzip", [[10, 1, 97]], /cannot be decompressed with the stated encoding/],
      ["application/proto", "gzip", [bomb], /REQUEST_TOO_LARGE/],
      ["application/grpc", "", [framed(0, [10, 1, 97])], ""],
      ["application/grpc", "", framed(0, [10, 1, 97]).map((byte) => [byte]), ""],
      ["application/grpc", "", [[0, 0, 0, 0, 3, 10, 1]], /is cut short/],
      ["application/grpc", "", [[0, 0, 0, 0, 3]], /is cut short/],
      ["application/grpc", "", [[0, 0, 0]], /is cut short/],
      ["application/grpc", "", [[0, 0, 0, 3, 233]], /REQUEST_TOO_LARGE/],
      ["application/grpc", "", [framed(1, [0])], /does not state its compression/],
      ["application/grpc", "gzip", [framed(1, packed)], ""],
      ["application/grpc", "gzip", [framed(0, [10, 1, 97])], ""],
      ["application/grpc", "gzip", [framed(1, [10, 1, 97])], /cannot be decompressed with the stated encoding/],
      ["application/grpc", "gzip", [framed(1, bomb)], /REQUEST_TOO_LARGE/],
      ["application/grpc", "", [framed(0x3a, [10, 1, 97])], /has a frame of an unknown kind/],
      ["application/grpc", "", [], /holds no message/],
      ["application/grpc-web", "", [framed(0, []), framed(0, [])], /holds more than one message/],
      ["application/connect+json", "", [framed(0, [123, 125])], ""],
    ];
  for (const [type, encoding, parts, told] of rows)
    it(`${type} ${encoding}: ${JSON.stringify(parts).slice(0, 40)}`, async () => {
      const { refusal, clock } = read(type, bytes(...parts), { encoding });
      if (told === "") assert.equal(await refusal, "");
      else assert.match(await refusal, told);
      assert.equal(clock.pending, 0);
    });

  it("a connection that ends in its midst", async () => {
    const closed = Object.assign(new Error("closed"), { code: "ERR_STREAM_PREMATURE_CLOSE" });
    async function* cut() {
      yield* bytes([0, 0]);
      throw new ConnectError("closed", Code.Internal, undefined, undefined, closed);
    }
    assert.match(await read("application/grpc", cut()).refusal, /UNREADABLE_REQUEST.*is cut short/);
  });
});

it("a request that does not end is refused after its time, however often a byte comes", async () => {
  const clock = createVirtualClock();
  async function* drip(first: number[]) {
    yield Buffer.from(first) as Bytes;
    for (;;) {
      await new Promise<void>((resolve) => clock.after(1_000, resolve));
      yield Buffer.from(" ") as Bytes;
    }
  }
  for (const [type, first] of [
    ["application/json", []],
    ["application/grpc", [0, 0, 0, 0, 99]],
  ] as const) {
    const { refusal } = read(type, drip([...first]), { clock });
    await clock.advance(25_000);
    assert.match(await refusal, /REQUEST_TOO_SLOW: the request had not arrived completely after 25 s/);
  }
});

it("what comes of a request after it was refused is passed over, so that its connection can serve another", async () => {
  const clock = createVirtualClock();
  let passed = 0;
  async function* late() {
    await new Promise<void>((resolve) => clock.after(30_000, resolve));
    for (; passed < 5; passed++) yield Buffer.from("x".repeat(400)) as Bytes;
  }
  const { refusal } = read("application/json", late(), { clock });
  await clock.advance(25_000);
  assert.match(await refusal, /REQUEST_TOO_SLOW/);
  await clock.advance(5_000);
  assert.deepEqual([passed, clock.pending], [5, 0], "it came too late");
  passed = 0;
  async function* long() {
    for (; passed < 9; passed++) yield Buffer.from("x".repeat(400)) as Bytes;
  }
  assert.match(await read("application/json", long(), { clock }).refusal, /REQUEST_TOO_LARGE/);
  await clock.advance(0);
  assert.deepEqual([passed, clock.pending], [9, 0], "there was too much of it");
});
