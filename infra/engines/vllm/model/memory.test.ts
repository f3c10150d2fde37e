import assert from "node:assert/strict";
import { describe, test } from "vitest";
import type { Geometry } from "./geometry.ts";
import { knownModel } from "./known.ts";
import { estimateMemory, type MemoryInput, sessionsOf } from "./memory.ts";

const shape = (name: string): Geometry => {
  const known = knownModel(name);
  assert.ok(known, name);
  return known.geometry;
};

describe("estimateMemory", () => {
  const input: MemoryInput = {
    geometry: shape("Qwen/Qwen2.5-7B-Instruct"),
    dtype: "bfloat16",
    packing: undefined,
    gpuMemoryGib: 24,
    gpuMemoryUtilization: 0.92,
    cacheDtype: "auto",
    tensor: 1,
    pipeline: 1,
    data: 1,
    maxNumSeqs: 256,
    maxNumBatchedTokens: 2048,
    enforceEager: false,
    draftWeightBytes: 0,
  };

  test("comes to what a 24 GB card shows with a 7B model", () => {
    const one = estimateMemory(input);
    assert.equal(one.bytesPerToken, 57_344);
    assert.ok(one.tokens > 110_000 && one.tokens < 125_000, `${one.tokens}`);
    const four = estimateMemory({ ...input, tensor: 4 });
    assert.equal(four.bytesPerToken, 14_336);
    assert.ok(four.tokens > 1.2e6 && four.tokens < 1.35e6, `${four.tokens}`);
  });

  test("halves a token with fp8, and counts copies, stages, drafts and heads that are kept twice", () => {
    const one = estimateMemory(input);
    assert.equal(estimateMemory({ ...input, cacheDtype: "fp8" }).bytesPerToken, one.bytesPerToken / 2);
    assert.equal(estimateMemory({ ...input, data: 3 }).tokens, one.tokens * 3);
    assert.equal(estimateMemory({ ...input, pipeline: 2 }).bytesPerToken, one.bytesPerToken / 2);
    assert.ok(estimateMemory({ ...input, draftWeightBytes: 2 ** 30 }).cacheGib < one.cacheGib - 0.99);
    assert.equal(estimateMemory({ ...input, tensor: 8 }).bytesPerToken, one.bytesPerToken / 4);
    assert.ok(estimateMemory({ ...input, enforceEager: true }).tokens > one.tokens);
  });

  test("has room for whole conversations of each copy alone", () => {
    const two = { ...estimateMemory({ ...input, data: 2 }), cacheGib: (9000 * 57_344) / 2 ** 30 };
    assert.equal(sessionsOf(two, 4096, 2), 4);
    assert.equal(estimateMemory({ ...input, gpuMemoryGib: 12 }).tokens, 0);
  });

  test("keeps of layers that see a window no more than that", () => {
    const gemma = { ...input, geometry: shape("google/gemma-3-4b-it") };
    const one = estimateMemory(gemma);
    const each = 2 * 4 * 256 * 2;
    assert.deepEqual([one.bytesPerToken, one.window], [5 * each, { tokens: 1024, bytesPerToken: 29 * each }]);
    const cache = one.cacheGib * 2 ** 30;
    assert.equal(one.tokensPerCopy, Math.floor((cache - 1024 * 29 * each) / (5 * each)));
    assert.equal(sessionsOf(one, 512, 1), Math.floor(cache / (512 * 34 * each)));
    assert.equal(sessionsOf(one, 8192, 1), Math.floor(cache / (8192 * 5 * each + 1024 * 29 * each)));
    // All layers of this one do: what counts is how many tokens there are at once.
    const all = estimateMemory({ ...input, geometry: shape("mistralai/Mistral-7B-v0.1") });
    assert.ok(all.tokensPerCopy > 0 && Number.isFinite(all.tokensPerCopy));
  });
});
