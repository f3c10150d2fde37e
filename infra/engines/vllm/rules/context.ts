import type { Rule } from "../../rule.ts";
import type { VllmPlan } from "../plan.ts";

/** Rules about the context length. */
export const contextRules: readonly Rule<VllmPlan>[] = [
  {
    id: "vllm/context-beyond-model",
    severity: "error",
    source: "vllm/config/model.py _get_and_verify_max_len",
    check({ model: { geometry }, context: { maxModelLen, yarn } }) {
      if (geometry === undefined || yarn !== undefined || maxModelLen <= geometry.maxPositionEmbeddings)
        return undefined;
      const factor = Math.ceil(maxModelLen / geometry.maxPositionEmbeddings);
      return {
        path: "context.maxModelLen",
        message: `the model was trained for contexts of ${geometry.maxPositionEmbeddings} tokens, not of ${maxModelLen}`,
        remedy: `Set it to ${geometry.maxPositionEmbeddings} at most, or add yarn: { factor: ${factor} }.`,
      };
    },
  },
  {
    id: "vllm/yarn-too-short",
    severity: "error",
    source: "vllm/config/model.py _get_and_verify_max_len; docs/features/context_extension.md",
    check({ context: { maxModelLen, yarn } }) {
      if (yarn === undefined || maxModelLen <= yarn.factor * yarn.originalMaxPositionEmbeddings) return undefined;
      const reach = Math.floor(yarn.factor * yarn.originalMaxPositionEmbeddings);
      return {
        path: "context.yarn.factor",
        message: `YaRN extends the context to ${reach} tokens, but maxModelLen is ${maxModelLen}`,
        remedy: `Set it to ${Math.ceil(maxModelLen / yarn.originalMaxPositionEmbeddings)}, or maxModelLen to ${reach}.`,
      };
    },
  },
  {
    id: "vllm/yarn-not-needed",
    severity: "warning",
    source: "Qwen2.5 model card: static YaRN may hurt short texts",
    check({ context: { maxModelLen, yarn } }) {
      if (yarn === undefined || maxModelLen > yarn.originalMaxPositionEmbeddings) return undefined;
      return {
        path: "context.yarn",
        message: `YaRN is not needed: ${maxModelLen} tokens fit without it, and it can degrade answers to short prompts`,
        remedy: "Remove it.",
      };
    },
  },
  {
    id: "vllm/yarn-for-short-texts",
    severity: "warning",
    source: "Qwen2.5 model card: static YaRN may hurt short texts",
    check({ context: { maxModelLen, yarn }, expected: { tokensPerSession } }) {
      if (yarn === undefined || maxModelLen <= yarn.originalMaxPositionEmbeddings) return undefined;
      if (tokensPerSession > yarn.originalMaxPositionEmbeddings) return undefined;
      return {
        path: "context.yarn",
        message: `YaRN affects short texts too and can degrade them, and sessions of only ${tokensPerSession} tokens are expected`,
        remedy: `Remove it and set maxModelLen to ${yarn.originalMaxPositionEmbeddings}, or raise expected.tokensPerSession if conversations are long.`,
      };
    },
  },
  {
    id: "vllm/half",
    severity: "warning",
    source: "vllm/config/model.py _resolve_auto_dtype: casting bfloat16 to float16",
    check({ dtype, model: { geometry, checkpoint }, quantization }) {
      if (!/^(?:half|float16)$/.test(dtype) || geometry?.dtype !== "bfloat16") return undefined;
      // There is no warning for quantized models, which normally compute in float16.
      if (quantization !== undefined || (checkpoint !== undefined && checkpoint !== "plain")) return undefined;
      return {
        path: "dtype",
        message: `the model was trained in bfloat16, whose range is wider than that of ${dtype}`,
        remedy: "Set it to auto; float16 is for GPUs from before 2020.",
      };
    },
  },
];
