import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { readModelConfig } from "./config-file.ts";
import { bytesOf, countWeights } from "./packing.ts";

const base = {
  hidden_size: 64,
  intermediate_size: 128,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  vocab_size: 10,
  max_position_embeddings: 512,
};
const read = (more: object) => readModelConfig(JSON.stringify({ ...base, ...more }));

describe("a config.json", () => {
  test("is read in old and new spellings", () => {
    const { geometry, packing } = readModelConfig(
      JSON.stringify({ text_config: { ...base, dtype: "float16", quantization_config: { quant_method: "fp8" } } }),
    );
    assert.deepEqual([geometry.keyValueHeads, geometry.headSize, geometry.dtype], [4, 16, "float16"]);
    assert.deepEqual(packing, { method: "fp8", bits: 8, certain: true });
    assert.deepEqual(["float32", "half", "fp8_e4m3", "int4_per_token_head"].map(bytesOf), [4, 2, 1, 0.5]);
  });

  const packings: readonly [config: object, method: string, bits: number][] = [
    [{ quant_method: "awq", bits: 4 }, "awq", 4],
    [{ quant_method: "gptq", bits: 8 }, "gptq", 8],
    [
      { quant_method: "compressed-tensors", config_groups: { group_0: { weights: { num_bits: 8 } } } },
      "compressed-tensors",
      8,
    ],
    [{ quant_method: "bitsandbytes", load_in_8bit: true }, "bitsandbytes", 8],
  ];
  for (const [config, method, bits] of packings)
    test(`says how its weights are packed: ${method} with ${bits} bits`, () =>
      assert.deepEqual(read({ quantization_config: config }).packing, { method, bits, certain: true }));

  test("of experts counts all of them", () => {
    const { geometry } = read({ num_experts: 8, moe_intermediate_size: 32 });
    assert.deepEqual(geometry.experts, { count: 8, intermediateSize: 32 });
    assert.ok(countWeights(geometry).packable > countWeights(read({}).geometry).packable);
    assert.deepEqual(read({ num_local_experts: 8 }).geometry.experts, { count: 8, intermediateSize: 128 });
  });

  test("tells the layers that keep a window alone", () => {
    const types = ["sliding_attention", "full_attention"];
    assert.deepEqual(read({ sliding_window: 32, layer_types: types }).geometry.sliding, { layers: 1, window: 32 });
    assert.deepEqual(read({ sliding_window: 32 }).geometry.sliding, { layers: 2, window: 32 });
    assert.deepEqual(read({ sliding_window: 32, sliding_window_pattern: 2 }).geometry.sliding, {
      layers: 1,
      window: 32,
    });
    for (const none of [{ sliding_window: null }, { sliding_window: 32, use_sliding_window: false }])
      assert.equal(read(none).geometry.sliding, undefined);
  });

  test("may leave out what its kind of model always is", () => {
    const { geometry } = readModelConfig(
      JSON.stringify({
        text_config: {
          model_type: "gemma3_text",
          hidden_size: 2560,
          intermediate_size: 10240,
          num_hidden_layers: 34,
          sliding_window: 1024,
        },
        vision_config: { hidden_size: 1152, intermediate_size: 4304, num_hidden_layers: 27 },
      }),
    );
    assert.ok(Math.abs(countWeights(geometry).all / 4_300_079_472 - 1) < 0.003, `${countWeights(geometry).all}`);
    assert.deepEqual(geometry.sliding, { layers: 29, window: 1024 });
  });

  test("of each kind that leaves something out is read as its code reads it, and as it says where it says so", () => {
    const rows: [kind: string, tied: boolean, biased: boolean, windows: number][] = [
      ["llama", false, false, 8],
      ["gemma", true, false, 8],
      ["gemma2", true, false, 4],
      ["gemma3_text", true, false, 7],
      ["qwen2", false, true, 8],
    ];
    for (const [model_type, tied, biased, windows] of rows) {
      const known = { model_type, num_hidden_layers: 8, sliding_window: 32 };
      const { tiedEmbeddings, attentionBias, sliding } = read(known).geometry;
      assert.deepEqual([tiedEmbeddings, attentionBias, sliding?.layers], [tied, biased, windows], model_type);
      const said = { tie_word_embeddings: !tied, attention_bias: !biased, sliding_window_pattern: 8 };
      const { geometry } = read({ ...known, ...said });
      assert.deepEqual(
        [geometry.tiedEmbeddings, geometry.attentionBias, geometry.sliding?.layers],
        [!tied, !biased, 7],
      );
    }
  });

  test("that stretches its positions reaches further", () => {
    const yarn = { rope_type: "yarn", factor: 4, original_max_position_embeddings: 512 };
    assert.equal(read({ rope_scaling: yarn }).geometry.maxPositionEmbeddings, 2048);
    assert.equal(read({ rope_scaling: { type: "llama3", factor: 8 } }).geometry.maxPositionEmbeddings, 512);
  });

  for (const [what, more] of [
    ["compressed keys", { kv_lora_rank: 512 }],
    ["a state", { layer_types: ["linear_attention", "full_attention"] }],
    ["a state as well", { hybrid_override_pattern: "M*M-" }],
  ] as const)
    test(`of a model that keeps ${what} says that its memory is beyond the estimate`, () =>
      assert.match(read(more).beyondEstimate ?? "", /layers cache/));

  for (const [text, fault] of [
    ["", /it is not JSON/],
    ["[]", /it is not a JSON object/],
    ["{}", /it has no hidden_size/],
    [JSON.stringify({ ...base, vocab_size: undefined }), /it has no vocab_size/],
  ] as const)
    test(`that is ${JSON.stringify(text).slice(0, 20)} is refused`, () =>
      assert.throws(() => readModelConfig(text), fault));
});
