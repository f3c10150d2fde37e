import type { Rule } from "../../../rule.ts";
import type { VllmPlan } from "../../plan.ts";
import type { SpeculationPlan } from "../../speculation-plan.ts";
import { rule } from "./speculation-rule.ts";

const config = "vllm/config/speculative.py";

const takesModel = ({ method }: SpeculationPlan) => ["draft_model", "eagle", "eagle3", "medusa"].includes(method);

/** Rules about each method of speculative decoding: its fields and its model. */
export const methodRules: readonly Rule<VllmPlan>[] = [
  rule("speculation-tokens", "error", config, ({ method, numSpeculativeTokens }) => {
    if (numSpeculativeTokens !== undefined || method === "suffix" || method === "mtp") return undefined;
    return {
      field: "numSpeculativeTokens",
      message: "numSpeculativeTokens is not set",
      remedy: "Set it to 3 or 4.",
    };
  }),
  rule("speculation-model", "error", config, (speculation) => {
    if (!takesModel(speculation) || speculation.model !== undefined) return undefined;
    return {
      field: "model",
      message: `${speculation.method} needs a draft model, and none is given`,
      remedy: "Give one that was trained for the served model.",
    };
  }),
  rule("prompt-lookup", "error", config, ({ promptLookup }) => {
    if (promptLookup === undefined || promptLookup.min <= promptLookup.max) return undefined;
    return {
      field: "promptLookupMin",
      message: `promptLookupMin (${promptLookup.min}) is greater than promptLookupMax (${promptLookup.max})`,
      remedy: `Set it to ${promptLookup.max} at most.`,
    };
  }),
  rule("draft-vocabulary", "error", config, ({ draft, useHeterogeneousVocab, model }, { model: { geometry } }) => {
    const [own, other] = [geometry?.vocabularySize, draft?.vocabularySize];
    if (own === undefined || other === undefined || own === other || useHeterogeneousVocab) return undefined;
    return {
      field: "useHeterogeneousVocab",
      message: `${model} has a vocabulary of ${other} tokens, and the served model one of ${own}`,
      remedy: "Set it to true, which lowers the acceptance rate, or use another method.",
    };
  }),
  rule("heterogeneous-sampling", "error", config, ({ useHeterogeneousVocab, draftSampleMethod }) => {
    if (!useHeterogeneousVocab || (draftSampleMethod ?? "greedy") === "greedy") return undefined;
    return {
      field: "draftSampleMethod",
      message: "with useHeterogeneousVocab, the draft can only sample greedily",
      remedy: "Set it to greedy, or remove it.",
    };
  }),
  rule(
    "draft-tensor-parallel",
    "error",
    `${config}; vllm/v1/spec_decode/draft_model.py`,
    (speculation, { parallelism: { tensor } }) => {
      const { method, draftTensorParallelSize: cards } = speculation;
      if (cards === undefined || cards === tensor || (method !== "draft_model" && cards === 1)) return undefined;
      const remedy =
        method === "draft_model" ? `Remove it, or set it to ${tensor}.` : `Remove it, or set it to 1 or ${tensor}.`;
      return {
        field: "draftTensorParallelSize",
        message: `draftTensorParallelSize is ${cards}, but parallelism.tensor of the served model is ${tensor}`,
        remedy,
      };
    },
  ),
  rule(
    "draft-heads",
    "error",
    "vllm/config/model.py verify_with_parallel_config",
    ({ draft, model, draftTensorParallelSize: cards = 1 }) => {
      const { attentionHeads, keyValueHeads } = draft ?? {};
      const heads = attentionHeads !== undefined && attentionHeads % cards !== 0;
      const keys = keyValueHeads !== undefined && keyValueHeads % cards !== 0 && cards % keyValueHeads !== 0;
      if (!heads && !keys) return undefined;
      const count = heads ? `${attentionHeads} attention heads` : `${keyValueHeads} key-value heads`;
      return {
        field: "model",
        message: `${model} has ${count}, which cannot be split over ${cards} GPUs`,
        remedy: "Use a draft whose heads can be split (Qwen2.5-1.5B has 12), or lower parallelism.tensor.",
      };
    },
  ),
  rule(
    "multi-token-heads",
    "error",
    `${config}: method mtp uses the served model's own heads`,
    ({ method }, { model: { geometry, name } }) => {
      if (method !== "mtp" || geometry?.multiTokenHeads !== false) return undefined;
      return {
        field: "",
        message: `${name} has no heads for multi-token prediction`,
        remedy: "Use another method: ngram needs no further weights.",
      };
    },
  ),
  rule("suffix-package", "warning", config, ({ method }) => {
    if (method !== "suffix") return undefined;
    return {
      field: "",
      message: "for suffix decoding, vLLM needs the package arctic-inference, which its image does not contain",
      remedy: "Add it to the image (pip install arctic-inference==0.1.1), or use ngram.",
    };
  }),
];
