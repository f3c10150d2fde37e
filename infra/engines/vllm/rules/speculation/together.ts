import type { Rule } from "../../../rule.ts";
import type { VllmPlan } from "../../plan.ts";
import { rule } from "./speculation-rule.ts";

/** Rules about speculative decoding in combination with batches, GPUs, scheduling, and structured outputs. */
export const togetherRules: readonly Rule<VllmPlan>[] = [
  rule("batch-ranges", "error", "vllm/v1/spec_decode/dynamic/utils.py", ({ tokensByBatchSize }) => {
    const ranges = tokensByBatchSize.toSorted((a, b) => a.start - b.start);
    const broken = ranges.some(({ start, end }, index) => start > end || start <= (ranges[index - 1]?.end ?? 0));
    if (ranges.length === 0 || (!broken && ranges[0]?.start === 1)) return undefined;
    return {
      field: "tokensByBatchSize",
      above: true,
      message: broken
        ? "the ranges of batch sizes overlap, or one ends before it starts"
        : "the first range of batch sizes must start at 1",
      remedy: "Make the ranges follow one another from 1 on, such as start 1 end 8, then start 9 end 32.",
    };
  }),
  rule(
    "batch-ranges-with-copies",
    "warning",
    "vllm/config/vllm.py _maybe_disable_dynamic_sd_for_data_parallel",
    ({ tokensByBatchSize }, { parallelism: { data } }) => {
      if (tokensByBatchSize.length === 0 || data === 1) return undefined;
      return {
        field: "tokensByBatchSize",
        above: true,
        message: `with ${data} data-parallel copies, vLLM ignores tokensByBatchSize and always speculates numSpeculativeTokens`,
        remedy: "Remove it, or run the copies as separate servers.",
      };
    },
  ),
  rule(
    "async-scheduling",
    "error",
    "vllm/config/vllm.py: async scheduling is only supported with EAGLE/MTP/…",
    ({ method }, { batching }) => {
      if (batching.asyncScheduling !== true || !["ngram", "suffix", "medusa"].includes(method)) return undefined;
      return {
        field: "",
        message: `asyncScheduling is set, but does not work with ${method}`,
        remedy: "Remove batching.asyncScheduling, or use ngramGpu.",
      };
    },
  ),
  rule(
    "async-scheduling-lost",
    "warning",
    "vllm/config/vllm.py: async scheduling … will be disabled",
    ({ method }, { batching }) => {
      if (batching.asyncScheduling !== undefined || !["ngram", "suffix", "medusa"].includes(method)) return undefined;
      return {
        field: "",
        message: `with ${method}, vLLM silently turns off asynchronous scheduling, which slows every answer`,
        remedy: "Use ngramGpu or eagle3, or set batching.asyncScheduling to false if that is intended.",
      };
    },
  ),
  rule(
    "older-runner",
    "warning",
    "vllm/config/vllm.py _get_v2_model_runner_unsupported_features",
    ({ method, parallelDrafting }, { parallelism }) => {
      const known = ["eagle", "eagle3", "mtp"].includes(method) && !parallelDrafting;
      if (known && !(method === "eagle3" && parallelism.pipeline > 1)) return undefined;
      return {
        field: "",
        message: `vLLM supports this kind of speculation only on its older model runner, and does not start with VLLM_USE_V2_MODEL_RUNNER=1`,
        remedy: "Leave VLLM_USE_V2_MODEL_RUNNER unset, or use eagle3 without pipeline parallelism.",
      };
    },
  ),
  rule(
    "sampling-refused",
    "warning",
    "vllm/sampling_params.py: min_p and logit_bias are not yet supported with speculative decoding",
    () => ({
      field: "",
      above: true,
      message: "with speculative decoding, vLLM refuses requests with min_p or logit_bias",
      remedy: "Send neither of the two: Generate refuses requests that have one of them.",
    }),
  ),
  rule(
    "speculation-under-load",
    "warning",
    "vllm#13849: on one RTX 4090 with Qwen2.5-Coder-7B, ngram was slower from 16 concurrent answers on",
    ({ tokensByBatchSize }, { batching, parallelism }) => {
      const gated = tokensByBatchSize.length > 0 && parallelism.data === 1;
      if (batching.maxNumSeqs <= 16 || gated) return undefined;
      return {
        field: "tokensByBatchSize",
        above: true,
        message: `from about 16 concurrent answers on, speculation costs more than it gains, and maxNumSeqs is ${batching.maxNumSeqs}`,
        remedy:
          "In tokensByBatchSize, set numSpeculativeTokens to 0 for batch sizes from 17 on, or lower batching.maxNumSeqs.",
      };
    },
  ),
  rule(
    "structured-output",
    "warning",
    "vllm#52620, #46118, #36138, #44006: wrong output and failures",
    ({ method }, { structuredOutputs: { backend } }) => {
      if (!["ngram_gpu", "draft_model"].includes(method) || !["auto", "xgrammar"].includes(backend)) return undefined;
      return {
        field: "",
        message: `structured output by ${backend} is known to be wrong in combination with ${method}`,
        remedy: "Set structuredOutputs.backend to guidance, or do not use schemas.",
      };
    },
  ),
];
