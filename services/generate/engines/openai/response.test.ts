import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it } from "vitest";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { Refusal } from "./complaint/complaint.ts";
import { isStream, refusalOf } from "./response.ts";

describe("a response that is no stream", () => {
  const error = '{"error":{"message":"no room"}}';
  it("is what the server says of it, with how long it asks to be left alone", () => {
    for (const [status, headers, text, wanted] of [
      [503, { "retry-after": "2" }, error, [503, "no room", 2_000]],
      [503, {}, error, [503, "no room", undefined]],
      [429, { "retry-after": "0" }, error, [429, "no room", undefined]],
      [429, { "retry-after": "soon" }, error, [429, "no room", undefined]],
      [200, {}, error, [500, "no room", undefined]],
      [404, {}, '{"error":{"message":"the model m does not exist"}}', [404, "the model m does not exist", undefined]],
    ] as const) {
      const refusal = refusalOf({ statusCode: status, headers }, text);
      assert.ok(refusal instanceof Refusal, text);
      const { complaint, retryDelayMs } = refusal;
      assert.deepEqual([complaint.status, complaint.message, retryDelayMs], wanted);
    }
  });

  it("is no answer of a model server where it says nothing of that kind", () => {
    for (const [status, headers, text, fault, says] of [
      [200, {}, "<html></html>", "broken", /did not answer with a stream/],
      [200, {}, "", "broken", /did not answer with a stream/],
      [404, {}, "Not Found", "rejected", /no chat completions endpoint/],
      [404, {}, "", "rejected", /no chat completions endpoint/],
      [301, { location: "http://b/v1/chat/completions" }, "", "rejected", /redirects to another/],
      [399, {}, "", "rejected", /redirects to another/],
    ] as const) {
      const refusal = refusalOf({ statusCode: status, headers }, text);
      assert.ok(refusal instanceof EngineError, text);
      assert.equal(refusal.fault, fault);
      assert.match(refusal.message, says);
    }
    const redirected = refusalOf({ statusCode: 307, headers: { location: "http://b/v1/chat/completions" } }, "");
    assert.match(String((redirected as EngineError).forLog), /redirects to http:\/\/b: set/);
  });
});

describe("a stream", () => {
  const seen = async (status: number, headers: Record<string, string>, text: string) => {
    const body = Readable.from(text === "" ? [] : [Buffer.from(text)]);
    const found = await isStream({ statusCode: status, headers, body });
    return [found, Buffer.concat(await Array.fromAsync(body)).toString() === text];
  };

  it("is one by its type, or by how it begins where its type is another's, and loses nothing by that", async () => {
    for (const [type, text, wanted] of [
      ["text/event-stream", "anything", true],
      ["", "anything", true],
      ["application/json", 'data: {"x":1}', true],
      ["application/json", "\ufeff: a comment", true],
      ["text/html", "event: x", true],
      ["application/json", '{"error":1}', false],
      ["text/html", "<html>data:", false],
      ["application/xml", "", false],
    ] as const)
      assert.deepEqual(await seen(200, type === "" ? {} : { "content-type": type }, text), [wanted, true], type + text);
    assert.deepEqual(await seen(500, { "content-type": "text/event-stream" }, "data: 1"), [false, true]);
  });

  it("is refused where it is packed, but for what says that it is not", async () => {
    for (const encoding of ["gzip", "br"])
      await assert.rejects(seen(200, { "content-encoding": encoding }, "x"), /sent its answer compressed/);
    for (const encoding of ["identity", "Identity", ""])
      assert.deepEqual(await seen(200, { "content-encoding": encoding }, "x"), [true, true]);
    assert.deepEqual(await seen(503, { "content-encoding": "gzip" }, "x"), [false, true]);
  });
});
