import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { knownModel } from "./known.ts";
import { countWeights, weightBytes } from "./packing.ts";

// The counts that their model cards and checkpoints state; of the smaller Qwen2.5 to the weight, since their heads are
// plain.
const published: readonly [name: string, weights: number][] = [
  ["Qwen/Qwen2.5-0.5B-Instruct", 494_032_768],
  ["Qwen/Qwen2.5-1.5B-Instruct", 1_543_714_304],
  ["Qwen/Qwen2.5-3B-Instruct", 3_085_938_688],
  ["Qwen/Qwen2.5-7B-Instruct", 7_615_616_512],
  ["Qwen/Qwen2.5-14B-Instruct", 14_770_033_664],
  ["Qwen/Qwen2.5-32B-Instruct", 32_763_876_352],
  ["Qwen/Qwen2.5-72B-Instruct", 72_706_203_648],
  ["Qwen/Qwen3-0.6B", 596_049_920],
  ["Qwen/Qwen3-1.7B", 1_720_574_976],
  ["Qwen/Qwen3-4B-Instruct-2507", 4_022_468_096],
  ["Qwen/Qwen3-8B", 8_190_735_360],
  ["Qwen/Qwen3-14B", 14_768_307_200],
  ["Qwen/Qwen3-32B", 32_762_123_264],
  ["Qwen/Qwen3-30B-A3B-Instruct-2507", 30_532_122_624],
  ["Qwen/Qwen3-235B-A22B", 235_093_634_560],
  ["meta-llama/Meta-Llama-3-8B-Instruct", 8_030_261_248],
  ["meta-llama/Llama-3.1-8B-Instruct", 8_030_261_248],
  ["meta-llama/Llama-3.1-70B-Instruct", 70_553_706_496],
  ["meta-llama/Llama-3.1-405B-Instruct", 405_853_388_800],
  ["meta-llama/Llama-3.2-1B-Instruct", 1_235_814_400],
  ["meta-llama/Llama-3.2-3B-Instruct", 3_212_749_824],
  ["meta-llama/Llama-3.3-70B-Instruct", 70_553_706_496],
  ["mistralai/Mistral-7B-Instruct-v0.1", 7_241_732_096],
  ["mistralai/Mistral-7B-Instruct-v0.3", 7_248_023_552],
  ["mistralai/Mistral-Nemo-Instruct-2407", 12_247_782_400],
  ["mistralai/Mistral-Small-24B-Instruct-2501", 23_572_403_200],
  ["mistralai/Mistral-Small-3.2-24B-Instruct-2506", 24_011_361_280],
  ["mistralai/Mixtral-8x7B-Instruct-v0.1", 46_702_792_704],
  ["google/gemma-2b-it", 2_506_172_416],
  ["google/gemma-7b-it", 8_537_680_896],
  ["google/gemma-2-2b-it", 2_614_341_888],
  ["google/gemma-2-9b-it", 9_241_705_984],
  ["google/gemma-2-27b-it", 27_227_128_320],
  ["google/gemma-3-1b-it", 999_885_952],
  ["google/gemma-3-4b-it", 4_300_079_472],
  ["google/gemma-3-12b-it", 12_187_325_040],
  ["google/gemma-3-27b-it", 27_432_406_640],
];

describe("known models", () => {
  for (const [name, weights] of published)
    test(`${name} has as many weights as it says`, () => {
      const geometry = knownModel(name)?.geometry;
      assert.ok(geometry !== undefined);
      const { all } = countWeights(geometry);
      if (name.includes("Qwen2.5")) assert.equal(all, weights);
      // Norms of queries and keys and what sees images are not counted one by one.
      else assert.ok(Math.abs(all / weights - 1) < 0.002, `${all}`);
    });

  const packed: readonly [name: string, method: string | undefined, bits?: number][] = [
    ["models/Qwen2.5-7B-Instruct-AWQ", "awq", 4],
    ["/srv/models/Qwen2.5-7B-Instruct", undefined],
    ["Qwen/Qwen2.5-7B-Instruct-GPTQ-Int8", "gptq", 8],
    ["Qwen/Qwen2.5-7B-Instruct-GPTQ-Int4", "gptq", 4],
    ["Qwen/Qwen3-14B-AWQ", "awq", 4],
    ["Qwen/Qwen3-8B-FP8", "fp8", 8],
    ["Qwen/Qwen3-4B-Thinking-2507-FP8", "fp8", 8],
    ["hugging-quants/Meta-Llama-3.1-8B-Instruct-AWQ-INT4", "awq", 4],
    ["neuralmagic/Meta-Llama-3.1-8B-Instruct-FP8", "fp8", 8],
    ["RedHatAI/Llama-3.3-70B-Instruct-quantized.w4a16", "compressed-tensors", 4],
    ["RedHatAI/Mistral-Small-24B-Instruct-2501-quantized.w8a8", "compressed-tensors", 8],
    ["unsloth/gemma-3-12b-it-bnb-4bit", "bitsandbytes", 4],
    ["mistralai/Mistral-7B-Instruct-v0.3", undefined],
  ];
  for (const [name, method, bits] of packed)
    test(`${name} is ${method === undefined ? "not packed" : `packed with ${method}`}`, () => {
      const known = knownModel(name);
      assert.ok(known !== undefined);
      assert.deepEqual([known.packing?.method, known.packing?.bits], [method, bits]);
    });

  for (const name of [
    "Qwen/Qwen2.5-VL-7B-Instruct",
    "Qwen/Qwen2.5-7B-Instruct-1M",
    "Qwen/Qwen3-Next-80B-A3B-Instruct",
    "Qwen/Qwen3.5-9B",
    "meta-llama/Llama-4-Scout-17B-16E-Instruct",
    "meta-llama/Llama-3.2-11B-Vision-Instruct",
    "google/gemma-3n-E4B-it",
    "some-lab/my-llama-8b",
    "constructor",
    "",
  ])
    test(`${name || "no name"} is not taken for one of them`, () => assert.equal(knownModel(name), undefined));

  test("packed weights weigh what their checkpoints weigh", () => {
    const rows: readonly [name: string, gigabytes: number][] = [
      ["Qwen/Qwen2.5-7B-Instruct-AWQ", 5.57],
      ["Qwen/Qwen2.5-7B-Instruct-GPTQ-Int8", 8.9],
      ["Qwen/Qwen3-8B-FP8", 9.4],
    ];
    for (const [name, gigabytes] of rows) {
      const known = knownModel(name);
      assert.ok(known !== undefined);
      const bytes = weightBytes(known.geometry, "float16", known.packing);
      assert.ok(Math.abs(bytes / 1e9 / gigabytes - 1) < 0.02, `${name}: ${bytes}`);
    }
  });
});
