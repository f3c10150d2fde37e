import assert from "node:assert/strict";
import { createContextValues } from "@connectrpc/connect";
import type { UniversalServerRequest, UniversalServerResponse } from "@connectrpc/connect/protocol";
import fc from "fast-check";
import { describe, it } from "vitest";
import { acceptGrpcWebText } from "./grpc-web-text.ts";
import { answerEncoder } from "./json-answers.ts";

async function* pieces(...parts: readonly Uint8Array[]) {
  yield* parts;
}
const join = async (body: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(body));

/** What an RPC gets of a request, and what its caller gets of the RPC's answer. */
async function call(
  type: string | undefined,
  sent: readonly (string | Uint8Array)[],
  answer: Partial<UniversalServerResponse> = {},
  method = "POST",
) {
  const got: { header?: Headers; body?: Buffer } = {};
  const rpc = acceptGrpcWebText(async ({ header, body }) => {
    got.header = header;
    got.body = await join(body as AsyncIterable<Uint8Array>);
    return { status: 200, header: new Headers({ "content-type": "application/grpc-web+proto" }), ...answer };
  });
  const header = new Headers({ "content-length": "9", ...(type !== undefined && { "content-type": type }) });
  const said = await rpc({
    httpVersion: "1.1",
    method,
    url: "http://localhost/",
    header,
    body: pieces(...sent.map((part) => Buffer.from(part as string))),
    signal: new AbortController().signal,
    contextValues: createContextValues(),
  } as UniversalServerRequest);
  return { got, said, answered: said.body && (await join(said.body as AsyncIterable<Uint8Array>)) };
}

describe("gRPC-Web as text", () => {
  it.each([
    ["application/grpc-web-text", "+proto"],
    ["application/grpc-web-text+proto", "+proto"],
    ["application/grpc-web-text+json", "+json"],
    ["Application/gRPC-Web-Text; charset=utf-8", "+proto"],
  ])("is gRPC-Web in base64, both ways: %s", async (type, format) => {
    const header = new Headers({ "content-type": `application/grpc-web${format}`, "content-length": "3" });
    const { got, said, answered } = await call(type, ["AQID"], { header, body: pieces(Buffer.from([4, 5])) });
    assert.deepEqual([...(got.body ?? [])], [1, 2, 3]);
    assert.deepEqual(
      [got.header?.get("content-type"), got.header?.get("content-length")],
      [`application/grpc-web${format}`, null],
    );
    assert.deepEqual(
      [said.header?.get("content-type"), said.header?.get("content-length")],
      [`application/grpc-web-text${format}`, null],
    );
    assert.equal(answered?.toString(), "BAU=");
  });

  it("may come in any pieces, each part padded or not", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 7 }), { maxLength: 5 }),
        fc.array(fc.nat(60), { maxLength: 6 }),
        fc.boolean(),
        async (parts, cuts, isWhole) => {
          const bytes = Buffer.concat(parts);
          const texts = isWhole
            ? bytes.toString("base64").replace(/=+$/, "\n")
            : parts.map((part) => Buffer.from(part).toString("base64")).join("\r\n");
          const at = [0, ...cuts.sort((a, b) => a - b), texts.length];
          const { got } = await call(
            "application/grpc-web-text",
            at.slice(1).map((end, i) => texts.slice(at[i], end)),
          );
          assert.deepEqual(got.body, bytes);
        },
      ),
    );
  });

  it("is answered part by part, each of which can be read by itself", async () => {
    const { answered } = await call("application/grpc-web-text", [], {
      body: pieces(Buffer.from([1]), Buffer.from([2, 3, 4])),
    });
    assert.equal(answered?.toString(), "AQ==AgME");
    assert.equal((await call("application/grpc-web-text", [])).answered, undefined);
  });

  it.each([
    ["another type", "application/grpc-web+proto", "POST"],
    ["another type that begins so", "application/grpc-web-textual", "POST"],
    ["another type that ends so", "x-application/grpc-web-text", "POST"],
    ["no type", undefined, "POST"],
    ["another method", "application/grpc-web-text", "GET"],
  ])("is not seen in %s", async (_, type, method) => {
    const { got, said, answered } = await call(type, ["AQID"], { body: pieces(Buffer.from([4])) }, method);
    assert.deepEqual([got.body?.toString(), got.header?.get("content-length")], ["AQID", "9"]);
    assert.deepEqual([said.header?.get("content-type"), [...(answered ?? [])]], ["application/grpc-web+proto", [4]]);
  });

  it("leaves an answer in another form as it is", async () => {
    const header = new Headers({ "content-type": "application/json" });
    const { said, answered } = await call("application/grpc-web-text", [], {
      status: 415,
      header,
      body: pieces(Buffer.from("{}")),
    });
    assert.deepEqual(
      [said.status, said.header?.get("content-type"), answered?.toString()],
      [415, "application/json", "{}"],
    );
  });
});

it.each([
  ['{"a":1}', '{"a":1}'],
  ['{"kind":"STORE_KIND_UNSPECIFIED","a":1}', '{"a":1}'],
  ['{"a":1,"kind":"STORE_KIND_UNSPECIFIED"}', '{"a":1}'],
  ['{"a":{"kind":"STORE_KIND_UNSPECIFIED"},"b":[{"role":"ROLE_UNSPECIFIED"}]}', '{"a":{},"b":[{}]}'],
  ['{"a":"x","kind":"STORE_KIND_2_UNSPECIFIED","b":"STORE_KIND_REDIS"}', '{"a":"x","b":"STORE_KIND_REDIS"}'],
  ['{"text":"\\"role\\":\\"ROLE_UNSPECIFIED\\","}', '{"text":"\\"role\\":\\"ROLE_UNSPECIFIED\\","}'],
  ['{"text":"is_UNSPECIFIED"}', '{"text":"is_UNSPECIFIED"}'],
])("an answer names no value that is not set: %s", (json, written) => {
  assert.equal(Buffer.from(answerEncoder.encode(json)).toString(), written);
});
