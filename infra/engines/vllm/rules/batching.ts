import type { Rule } from "../../rule.ts";
import type { VllmPlan } from "../plan.ts";

const scheduler = "vllm/config/scheduler.py verify_max_model_len";

/** Rules about batching and queueing. */
export const batchingRules: readonly Rule<VllmPlan>[] = [
  {
    id: "vllm/batched-tokens-below-seqs",
    severity: "error",
    source: scheduler,
    check({ batching: { maxNumSeqs, maxNumBatchedTokens } }) {
      if (maxNumBatchedTokens >= maxNumSeqs) return undefined;
      return {
        path: "batching.maxNumBatchedTokens",
        message: `maxNumBatchedTokens (${maxNumBatchedTokens}) must be at least maxNumSeqs (${maxNumSeqs}): each running answer needs one token per step`,
        remedy: `Set it to ${Math.max(2048, maxNumSeqs)}, or lower maxNumSeqs.`,
      };
    },
  },
  {
    id: "vllm/batched-tokens-below-context",
    severity: "error",
    source: scheduler,
    check({ batching: { maxNumBatchedTokens, chunkedPrefill }, context: { maxModelLen } }) {
      if (chunkedPrefill || maxNumBatchedTokens >= maxModelLen) return undefined;
      return {
        path: "batching.maxNumBatchedTokens",
        message: `without chunked prefill, a prompt of ${maxModelLen} tokens must fit into one step, which has at most ${maxNumBatchedTokens}`,
        remedy: "Set chunkedPrefill to true.",
      };
    },
  },
  {
    id: "vllm/chunked-prefill-off",
    severity: "warning",
    source: "vllm/engine/arg_utils.py: disabling chunked prefill is not supported well",
    check({ batching: { chunkedPrefill } }) {
      if (chunkedPrefill) return undefined;
      return {
        path: "batching.chunkedPrefill",
        message: "without chunked prefill, a long prompt holds up every answer that is being spoken",
        remedy: "Set it to true.",
      };
    },
  },
  {
    id: "vllm/queue-limit-version",
    severity: "error",
    versions: { before: "0.29.0" },
    source: "vllm#49445",
    check({ batching: { maxNumQueuedReqs, maxNumQueuedTokens }, version }) {
      if (maxNumQueuedReqs === undefined && maxNumQueuedTokens === undefined) return undefined;
      return {
        path: maxNumQueuedReqs === undefined ? "batching.maxNumQueuedTokens" : "batching.maxNumQueuedReqs",
        message: `vLLM ${version.text} cannot limit its queue: the flag is new in 0.29.0`,
        remedy: "Remove it, or set version to 0.29.0.",
      };
    },
  },
  {
    id: "vllm/queue-limit-below-batch",
    severity: "warning",
    source: "vllm#49445: max_num_queued_reqs counts running requests too",
    check({ batching: { maxNumQueuedReqs, maxNumSeqs }, parallelism: { data } }) {
      if (maxNumQueuedReqs === undefined || maxNumQueuedReqs >= maxNumSeqs * data) return undefined;
      return {
        path: "batching.maxNumQueuedReqs",
        message: `maxNumQueuedReqs counts running requests too: at ${maxNumQueuedReqs}, the batch of ${maxNumSeqs * data} can never fill up`,
        remedy: `Set it to ${maxNumSeqs * data} plus the number of requests that may wait.`,
      };
    },
  },
  {
    id: "vllm/prefix-caching-off",
    severity: "warning",
    source: "vllm/config/cache.py enable_prefix_caching",
    check({ cache: { prefixCaching } }) {
      if (prefixCaching) return undefined;
      return {
        path: "cache.prefixCaching",
        message: "without prefix caching, the system prompt and the history are recomputed for every turn",
        remedy: "Set it to true.",
      };
    },
  },
];
