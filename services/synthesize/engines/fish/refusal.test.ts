import assert from "node:assert/strict";
import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { test } from "vitest";
import type { EngineFault } from "../../../common/errors/engine-error.ts";
import { refusal } from "./refusal.ts";

const rows: [status: number, said: string, fault: EngineFault][] = [
  // Fish-Speech's own.
  [400, '{"message":"Text is too long"}', "rejected"],
  [401, '{"error":"Unauthorized"}', "unauthorized"],
  [422, '[{"loc":["text"],"msg":"Field required"}]', "rejected"],
  [500, '{"message":"Failed"}', "broken"],
  [500, '{"message":"CUDA out of memory"}', "broken"],
  [500, '{"message":"CUDA error: device-side assert triggered"}', "broken"],
  [503, "", "overloaded"],
  // A proxy's: they cost the segment, and not the text.
  [408, "", "broken"],
  [501, "", "broken"],
  [502, "", "broken"],
  [504, "", "broken"],
];

for (const [statusCode, said, fault] of rows)
  test(`${statusCode} ${said} is ${fault}`, async () => {
    const response = { statusCode, headers: {}, body: Readable.from([Buffer.from(said)]) };
    const error = await refusal("http://a", response as unknown as Dispatcher.ResponseData);
    assert.equal(error.fault, fault);
    assert.match(error.message, new RegExp(`^Fish-Speech at http://a answered ${statusCode}`));
  });

test("want of memory passes, and the server is left alone for a moment; another fault of CUDA does not", async () => {
  const pauseOf = async (message: string) => {
    const body = Readable.from([Buffer.from(JSON.stringify({ message }))]);
    return (await refusal("http://a", { statusCode: 500, headers: {}, body } as unknown as Dispatcher.ResponseData))
      .retryDelayMs;
  };
  assert.equal(await pauseOf("CUDA out of memory. Tried to allocate 2.00 GiB."), 500);
  assert.equal(await pauseOf("CUDA error: device-side assert triggered"), undefined);
});
