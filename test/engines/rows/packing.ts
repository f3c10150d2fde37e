import { ours, type RuleRow, start, vllm } from "./row.ts";

/** What is known of the model, and how its weights are packed. */
export const packingRows: readonly RuleRow[] = [
  {
    rule: "vllm/model-not-known",
    severity: "warning",
    config: vllm("model: { name: some-lab/own-model-8b }"),
    path: "engine.vllm.model.name",
    remedy: /model\.configFile/,
  },
  {
    rule: "vllm/draft-not-known",
    severity: "warning",
    config: vllm(
      "speculation: { draftModel: { model: some-lab/draft, numSpeculativeTokens: 4, useHeterogeneousVocab: true } }",
    ),
    path: "engine.vllm.speculation.draftModel.model",
    remedy: /draftModel\.geometry/,
  },
  {
    rule: "vllm/packing-method",
    severity: "error",
    config: vllm("model: { name: Qwen/Qwen2.5-7B-Instruct-AWQ }\nquantization: awq-marlin"),
    path: "engine.vllm.quantization",
    remedy: /awq_marlin/,
    vllm: { refuses: /Unknown quantization method: awq-marlin|invalid choice: 'awq-marlin'/ },
  },
  {
    rule: "vllm/packing-of-checkpoint",
    severity: "error",
    config: vllm("quantization: awq_marlin"),
    path: "engine.vllm.quantization",
    remedy: /-AWQ/,
    vllm: start,
  },
  {
    rule: "vllm/packing-of-checkpoint",
    severity: "error",
    config: vllm("model: { name: Qwen/Qwen2.5-7B-Instruct-AWQ }\nquantization: gptq_marlin"),
    path: "engine.vllm.quantization",
    remedy: /Remove it/,
    vllm: start,
  },
  {
    rule: "vllm/packing-dtype",
    severity: "error",
    config: vllm("model: { name: Qwen/Qwen2.5-7B-Instruct-AWQ }\nquantization: awq\ndtype: bfloat16"),
    path: "engine.vllm.dtype",
    remedy: /auto or float16; or remove quantization/,
    vllm: start,
  },
  {
    rule: "vllm/packing-dtype",
    severity: "error",
    config: vllm("model: { name: Qwen/Qwen2.5-7B-Instruct-AWQ }\ndtype: float32"),
    path: "engine.vllm.dtype",
    remedy: /auto or float16\./,
    vllm: start,
  },
  {
    rule: "vllm/slow-kernel",
    severity: "warning",
    config: vllm("model: { name: Qwen/Qwen2.5-7B-Instruct-AWQ }\nquantization: awq"),
    path: "engine.vllm.quantization",
    remedy: /Remove it/,
  },
  {
    rule: "vllm/version-short",
    severity: "error",
    config: vllm("version: v0.32"),
    path: "engine.vllm.version",
    remedy: /0\.32\.0/,
    vllm: ours,
  },
];
