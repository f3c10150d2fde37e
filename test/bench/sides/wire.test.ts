import assert from "node:assert/strict";
import { test } from "vitest";
import { createRandom } from "../../../infra/random/random.ts";
import { createUnframer, frame } from "./wire.ts";

test("messages come out as they went in, wherever the stream is cut", () => {
  const random = createRandom(5);
  const messages = Array.from({ length: 60 }, (_, index) => ({
    kind: index % 4,
    payload: Buffer.alloc([0, 1, 7, 900, 40_000][index % 5] as number, index),
  }));
  const stream = Buffer.concat(messages.flatMap(({ kind, payload }) => frame(kind, payload)));
  for (const most of [1, 6, 3000, stream.length]) {
    const seen: { kind: number; payload: Buffer }[] = [];
    const unframe = createUnframer((kind, payload) => seen.push({ kind, payload: Buffer.from(payload) }));
    const from = most === 1 ? stream.length - 200_000 : 0;
    if (from > 0) unframe(stream.subarray(0, from));
    for (let at = from; at < stream.length; ) {
      const size = 1 + Math.floor(random() * most);
      unframe(stream.subarray(at, at + size));
      at += size;
    }
    assert.deepEqual(seen, messages);
  }
});
