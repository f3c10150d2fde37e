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
  [500, '{"message":"CUDA out of memory"}', "overloaded"],
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
