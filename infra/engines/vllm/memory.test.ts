import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { bytesOf, countWeights, type Geometry, knownModel, readModelConfig, weightBytes } from "./geometry.ts";
import { estimateMemory, type MemoryInput, sessionsOf } from "./memory.ts";

const shape = (name: string): Geometry => {
  const known = knownModel(name);
  assert.ok(known, name);
  return known.geometry;
};

describe("known models", () => {
  // The counts that their model cards and checkpoints state.
  const published: Record<string, number> = {
    "Qwen/Qwen2.5-0.5B-Instruct": 494_032_768,
    "Qwen/Qwen2.5-1.5B-Instruct": 1_543_714_304,
    "Qwen/Qwen2.5-3B-Instruct": 3_085_938_688,
    "Qwen/Qwen2.5-7B-Instruct": 7_615_616_512,
    "Qwen/Qwen2.5-14B-Instruct": 14_770_033_664,
    "Qwen/Qwen2.5-32B-Instruct": 32_763_876_352,
    "Qwen/Qwen2.5-72B-Instruct": 72_706_203_648,
  };
  for (const [name, count] of Object.entries(published))
    test(`${name} has as many weights as it says`, () => {
      assert.equal(countWeights(shape(name)).all, count);
    });

  test("are found by their names, packed or not, and no others are", () => {
    assert.equal(knownModel("models/Qwen2.5-7B-Instruct-AWQ")?.quantization, "awq");
    assert.equal(knownModel("Qwen/Qwen2.5-7B-Instruct-GPTQ-Int8")?.quantization, "gptq-int8");
    assert.equal(knownModel("Qwen/Qwen2.5-7B-Instruct-GPTQ-Int4")?.quantization, "gptq");
    for (const name of ["Qwen/Qwen2.5-VL-7B-Instruct", "Qwen/Qwen3-8B", "Qwen/Qwen2.5-7B-Instruct-1M", ""])
      assert.equal(knownModel(name), undefined, name);
  });

  test("that are packed weigh what their checkpoints weigh", () => {
    const bytes = weightBytes(shape("Qwen/Qwen2.5-7B-Instruct"), "float16", "awq");
    assert.ok(Math.abs(bytes - 5.57e9) < 0.05e9, `${bytes}`);
  });
});

describe("estimateMemory", () => {
  const input: MemoryInput = {
    geometry: shape("Qwen/Qwen2.5-7B-Instruct"),
    dtype: "bfloat16",
    quantization: undefined,
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
    const two = { ...estimateMemory({ ...input, data: 2 }), tokensPerCopy: 9000 };
    assert.equal(sessionsOf(two, 4096, 2), 4);
    assert.equal(estimateMemory({ ...input, gpuMemoryGib: 12 }).tokens, 0);
  });
});

test("a config.json is read in old and new spellings", () => {
  const old = { hidden_size: 64, intermediate_size: 128, num_hidden_layers: 2, num_attention_heads: 4, vocab_size: 10 };
  const { geometry, quantization } = readModelConfig(
    JSON.stringify({
      text_config: {
        ...old,
        max_position_embeddings: 512,
        dtype: "float16",
        quantization_config: { quant_method: "fp8" },
      },
    }),
  );
  assert.deepEqual([geometry.keyValueHeads, geometry.headSize, geometry.dtype], [4, 16, "float16"]);
  assert.equal(quantization, "fp8");
  assert.deepEqual(["float32", "half", "fp8_e4m3", "int4_per_token_head"].map(bytesOf), [4, 2, 1, 0.5]);
});
