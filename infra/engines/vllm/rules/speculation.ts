import type { Rule } from "../../rule.ts";
import type { VllmPlan } from "../plan.ts";
import type { SpeculationPlan } from "../speculation-plan.ts";

const config = "vllm/config/speculative.py";

/** A rule that applies where tokens are guessed ahead; its path is one of the method's own fields, unless `above` says that it is speculation's. */
function rule(
  id: string,
  severity: "error" | "warning",
  source: string,
  check: (
    speculation: SpeculationPlan,
    plan: VllmPlan,
  ) => { field: string; above?: true; message: string; remedy: string } | undefined,
): Rule<VllmPlan> {
  return {
    id: `vllm/${id}`,
    severity,
    source,
    check(plan) {
      const { speculation } = plan;
      const found = speculation === undefined ? undefined : check(speculation, plan);
      if (speculation === undefined || found === undefined) return undefined;
      const path = ["speculation", found.above ? "" : speculation.field, found.field].filter((part) => part !== "");
      return { path: path.join("."), message: found.message, remedy: found.remedy };
    },
  };
}

const takesModel = ({ method }: SpeculationPlan) => ["draft_model", "eagle", "eagle3", "medusa"].includes(method);

/** The fields of one method. */
const fieldRules: readonly Rule<VllmPlan>[] = [
  rule("speculation-tokens", "error", config, ({ method, numSpeculativeTokens }) => {
    if (numSpeculativeTokens !== undefined || method === "suffix" || method === "mtp") return undefined;
    return {
      field: "numSpeculativeTokens",
      message: "how many tokens are guessed at once is not said",
      remedy: "Set it to 3 or 4.",
    };
  }),
  rule("speculation-model", "error", config, (speculation) => {
    if (!takesModel(speculation) || speculation.model !== undefined) return undefined;
    return {
      field: "model",
      message: `${speculation.method} guesses with a model, and none is named`,
      remedy: "Name one that was made for the served model.",
    };
  }),
  rule("prompt-lookup", "error", config, ({ promptLookup }) => {
    if (promptLookup === undefined || promptLookup.min <= promptLookup.max) return undefined;
    return {
      field: "promptLookupMin",
      message: `promptLookupMin ${promptLookup.min} is more than promptLookupMax ${promptLookup.max}`,
      remedy: `Set it to ${promptLookup.max} at most.`,
    };
  }),
  rule("draft-vocabulary", "error", config, ({ draft, useHeterogeneousVocab, model }, { model: { geometry } }) => {
    const [own, other] = [geometry?.vocabularySize, draft?.vocabularySize];
    if (own === undefined || other === undefined || own === other || useHeterogeneousVocab) return undefined;
    return {
      field: "useHeterogeneousVocab",
      message: `${model} knows ${other} tokens and the served model ${own}`,
      remedy: "Set it to true, which costs some guesses, or take another method.",
    };
  }),
  rule("heterogeneous-sampling", "error", config, ({ useHeterogeneousVocab, draftSampleMethod }) => {
    if (!useHeterogeneousVocab || (draftSampleMethod ?? "greedy") === "greedy") return undefined;
    return {
      field: "draftSampleMethod",
      message: "with useHeterogeneousVocab a draft can only guess greedily",
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
        message: `${cards} cards share the draft, and ${tensor} share the model`,
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
        message: `${model} has ${count}, which ${cards} cards cannot share`,
        remedy: "Take a draft whose heads they can share (Qwen2.5-1.5B has 12), or lower parallelism.tensor.",
      };
    },
  ),
  rule(
    "multi-token-heads",
    "error",
    `${config}: method mtp reads the served model's own heads`,
    ({ method }, { model: { geometry, name } }) => {
      if (method !== "mtp" || geometry?.multiTokenHeads !== false) return undefined;
      return {
        field: "",
        message: `${name} has no heads for further tokens`,
        remedy: "Take another method: ngram needs no further weights.",
      };
    },
  ),
  rule("suffix-package", "warning", config, ({ method }) => {
    if (method !== "suffix") return undefined;
    return {
      field: "",
      message: "vLLM starts with it only where the package arctic-inference is installed; its own image has none",
      remedy: "Add it to the image (pip install arctic-inference==0.1.1), or take ngram.",
    };
  }),
];

/** Speculation beside everything else. */
const togetherRules: readonly Rule<VllmPlan>[] = [
  rule("batch-ranges", "error", "vllm/v1/spec_decode/dynamic/utils.py", ({ tokensByBatchSize }) => {
    const ranges = tokensByBatchSize.toSorted((a, b) => a.start - b.start);
    const broken = ranges.some(({ start, end }, index) => start > end || start <= (ranges[index - 1]?.end ?? 0));
    if (ranges.length === 0 || (!broken && ranges[0]?.start === 1)) return undefined;
    return {
      field: "tokensByBatchSize",
      above: true,
      message: broken ? "its ranges overlap, or one ends before it starts" : "its first range must start at 1",
      remedy: "Write ranges one after another from 1 on: start 1 end 8, start 9 end 32.",
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
        message: `with ${data} data-parallel copies vLLM ignores it and always guesses numSpeculativeTokens`,
        remedy: "Remove it, or run copies as servers of their own.",
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
        message: `asyncScheduling is asked for, and ${method} cannot do with it`,
        remedy: "Remove batching.asyncScheduling, or take ngramGpu.",
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
        message: `with ${method} vLLM silently turns asynchronous scheduling off, which costs every answer some speed`,
        remedy: "Take ngramGpu or eagle3, or set batching.asyncScheduling to false to say that it is meant.",
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
        message: `vLLM runs this on its older model runner; with VLLM_USE_V2_MODEL_RUNNER=1 it does not start`,
        remedy: "Leave that variable unset, or take eagle3 without pipeline parallelism.",
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
      message: "while tokens are guessed ahead, vLLM refuses requests with min_p or logit_bias",
      remedy: "Send neither; Generate refuses them with a clear error.",
    }),
  ),
  rule(
    "speculation-under-load",
    "warning",
    "measured: one 4090, Qwen2.5-Coder-7B, ngram slower from 16 answers on (vllm#13849)",
    ({ tokensByBatchSize }, { batching, parallelism }) => {
      const gated = tokensByBatchSize.length > 0 && parallelism.data === 1;
      if (batching.maxNumSeqs <= 16 || gated) return undefined;
      return {
        field: "tokensByBatchSize",
        above: true,
        message: `from some 16 answers at once guessing costs more than it gains, and ${batching.maxNumSeqs} may be written`,
        remedy: "Write tokensByBatchSize with 0 tokens from 17 on, or lower batching.maxNumSeqs.",
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
        message: `answers held to a schema by ${backend} have come out wrong together with ${method}`,
        remedy: "Set structuredOutputs.backend to guidance, or use no schemas.",
      };
    },
  ),
];

/** How tokens are guessed ahead. */
export const speculationRules: readonly Rule<VllmPlan>[] = [...fieldRules, ...togetherRules];
