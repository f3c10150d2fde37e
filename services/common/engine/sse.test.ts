import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { readSse } from "./sse.ts";

async function* chunks(parts: Iterable<string | Uint8Array>) {
  for (const part of parts) yield typeof part === "string" ? new TextEncoder().encode(part) : part;
}
const batches = (...parts: readonly (string | Uint8Array)[]) => Array.fromAsync(readSse(chunks(parts)));
const events = async (...parts: readonly (string | Uint8Array)[]) => (await batches(...parts)).flat();

describe("the events of a stream", () => {
  const rows: readonly (readonly [what: string, text: string, events: readonly string[]])[] = [
    ["one", "data: a\n\n", ["a"]],
    ["with carriage returns", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
    ["of several lines", "data: a\ndata: b\n\n", ["a\nb"]],
    ["without a space after the colon", "data:a\n\n", ["a"]],
    ["between comments", ": ping\n\ndata: a\n\n: ping\n\n", ["a"]],
    ["the last without its empty line", "data: a\n\ndata: b\n", ["a", "b"]],
    ["the last without the end of its line", "data: a\n\ndata: b", ["a", "b"]],
    ["none", "", []],
    ["of no data", "event: ping\n\n", []],
    ["named error, with JSON", 'event: error\ndata: {"error":"no room"}\n\n', ['{"error":"no room"}']],
    ["named error, with a sentence", "event: error\ndata: no room\n\n", ['{"error":"no room"}']],
    ["named error, of an empty sentence", 'event: error\ndata: ""\n\n', ['{"error":"no reason given"}']],
    [
      "named error, with JSON that has no field of that name",
      'event: error\ndata: {"code":5}\n\n',
      ['{"error":{"code":5}}'],
    ],
    ["after one named error", "event: error\ndata: x\n\ndata: a\n\n", ['{"error":"x"}', "a"]],
    ["in llama.cpp's field", 'error: {"code":500}\n\n', ['{"error":{"code":500}}']],
    ["in JSON that is no event", '{"error":"no room"}\n', ['{"error":"no room"}']],
    ["in JSON that is no event, at the end", '{"error":"no room"}', ['{"error":"no room"}']],
    ["not in words that are none", "Service Unavailable\n\n", []],
  ];
  for (const [what, text, expected] of rows)
    it(what, async () => {
      assert.deepEqual(await events(text), expected);
      assert.deepEqual(await events(...text), expected, "a character at a time");
    });

  it("are the same however the bytes are cut, be it inside a character", async () => {
    const bytes = new TextEncoder().encode("data: 你好😀\n\ndata: b\r\n\r\nevent: error\ndata: né\n\ndata: 末");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (places) => {
        const sorted = [0, ...places.sort((a, b) => a - b), bytes.length];
        const parts = sorted.slice(1).map((end, n) => bytes.subarray(sorted[n], end));
        assert.deepEqual(await events(...parts), ["你好😀", "b", '{"error":"né"}', "末"]);
      }),
    );
  });

  it("come in one batch if they came together, and at once", async () => {
    assert.deepEqual(await batches("data: a\n\ndata: b\n\nda", "ta: c\n\n", ": ping\n\n"), [["a", "b"], ["c"]]);
  });

  it("of more than four million characters are none", async () => {
    const most = 4 * 1024 * 1024;
    await assert.rejects(events(`data: ${"a".repeat(most)}`), /a line of more than 4194304 characters/);
    assert.equal((await events(`data: ${"a".repeat(most - 6)}`))[0]?.length, most - 6);
  });

  it("that nobody reads to the end are let go of", async () => {
    let isClosed = false;
    async function* source() {
      try {
        for (;;) yield new TextEncoder().encode("data: a\n\n");
      } finally {
        isClosed = true;
      }
    }
    for await (const batch of readSse(source())) {
      assert.deepEqual(batch, ["a"]);
      break;
    }
    assert.equal(isClosed, true);
  });
});
