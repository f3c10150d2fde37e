import type { ProgramStart } from "../shell.ts";
import { thinkingOf } from "./model/thinking.ts";
import type { VllmPlan } from "./plan.ts";
import type { SpeculationPlan } from "./speculation-plan.ts";
import { atLeast } from "./version.ts";

/** How to start a vLLM server. */
export function vllmCommand(plan: VllmPlan, keyVariable?: string): ProgramStart {
  const env = { CUDA_VISIBLE_DEVICES: plan.gpus.join(",") };
  return {
    env,
    args: ["vllm", "serve", ...vllmArgs(plan)],
    secretArgs: [],
    ...(keyVariable && { secretEnv: { VLLM_API_KEY: keyVariable } }),
  };
}

/**
 * The arguments of `vllm serve`. Everything that the plan and the memory estimate assume is passed explicitly, even if
 * vLLM has the same default, since its defaults change with versions and GPUs. Secrets are not passed as arguments: the
 * key is in VLLM_API_KEY.
 */
export function vllmArgs(plan: VllmPlan): string[] {
  const { model, parallelism, context, cache, batching, speculation, tracing, server, execution } = plan;
  const args: string[] = [model.name];
  const add = (flag: string, value: string | number | undefined) => {
    if (value !== undefined) args.push(flag, String(value));
  };
  const json = (flag: string, value: object | undefined) => add(flag, value && JSON.stringify(value));
  const toggle = (name: string, on: boolean | undefined) => {
    if (on !== undefined) args.push(on ? `--${name}` : `--no-${name}`);
  };
  const only = (flag: string, on: boolean) => {
    if (on) args.push(flag);
  };

  add("--served-model-name", model.servedName);
  add("--revision", model.revision);
  add("--host", server.host);
  add("--port", server.port);
  add("--tensor-parallel-size", parallelism.tensor);
  if (parallelism.pipeline > 1) add("--pipeline-parallel-size", parallelism.pipeline);
  if (parallelism.data > 1) add("--data-parallel-size", parallelism.data);
  add("--dtype", plan.dtype);
  add("--quantization", plan.quantization);
  add("--max-model-len", context.maxModelLen);
  json("--hf-overrides", ropeOverrides(plan));
  add("--gpu-memory-utilization", cache.gpuMemoryUtilization);
  add("--kv-cache-dtype", cache.dtype);
  add("--block-size", cache.blockSize);
  toggle("enable-prefix-caching", cache.prefixCaching);
  if (cache.offloadGib !== undefined) {
    add("--kv-offloading-size", cache.offloadGib);
    add("--kv-offloading-backend", "native");
  }
  add("--max-num-seqs", batching.maxNumSeqs);
  add("--max-num-batched-tokens", batching.maxNumBatchedTokens);
  toggle("enable-chunked-prefill", batching.chunkedPrefill);
  add("--scheduling-policy", batching.schedulingPolicy);
  toggle("async-scheduling", batching.asyncScheduling);
  add("--max-num-queued-reqs", batching.maxNumQueuedReqs);
  add("--max-num-queued-tokens", batching.maxNumQueuedTokens);
  if (batching.streamInterval > 1) add("--stream-interval", batching.streamInterval);
  if (!plan.extraArgs.some((arg) => /^--reasoning[-_]parser\b/.test(arg)))
    add("--reasoning-parser", thinkingOf(model.name)?.parser);
  json("--speculative-config", speculation && speculativeConfig(speculation));
  json("--structured-outputs-config", structuredOutputs(plan));
  add("--otlp-traces-endpoint", tracing.endpoint);
  add("--collect-detailed-traces", tracing.detailed);
  only("--enforce-eager", execution.enforceEager);
  add("--optimization-level", execution.optimizationLevel);
  add("--performance-mode", execution.performanceMode);
  only("--disable-custom-all-reduce", execution.disableCustomAllReduce);
  add("--shutdown-timeout", server.shutdownTimeoutSeconds);
  only("--enable-prompt-tokens-details", server.promptTokensDetails);
  only("--enable-per-request-metrics", server.perRequestMetrics);
  return [...args, ...plan.extraArgs];
}

function ropeOverrides({ context: { yarn }, model, version }: VllmPlan): object | undefined {
  if (yarn === undefined) return undefined;
  const { factor, originalMaxPositionEmbeddings } = yarn;
  // Since 0.30.0 YaRN's factor alone no longer extends the context: vLLM assumes that the length in the model's config
  // is already extended, so the extended length is passed as well.
  const reach = version.parsed !== undefined && atLeast(version.parsed, "0.30.0");
  return {
    rope_parameters: {
      rope_type: "yarn",
      factor,
      original_max_position_embeddings: originalMaxPositionEmbeddings,
      rope_theta: model.geometry?.ropeTheta ?? 1_000_000,
    },
    ...(reach ? { max_position_embeddings: Math.floor(factor * originalMaxPositionEmbeddings) } : {}),
  };
}

function structuredOutputs({ structuredOutputs }: VllmPlan): object | undefined {
  const { backend, disableAnyWhitespace, disableAdditionalProperties } = structuredOutputs;
  if (backend === "auto" && !disableAnyWhitespace && !disableAdditionalProperties) return undefined;
  return {
    backend,
    ...(disableAnyWhitespace ? { disable_any_whitespace: true } : {}),
    ...(disableAdditionalProperties ? { disable_additional_properties: true } : {}),
  };
}

/** The JSON of `--speculative-config`; undefined fields are omitted. */
function speculativeConfig(plan: SpeculationPlan): object {
  const { promptLookup, suffix, tokensByBatchSize } = plan;
  const config: Record<string, unknown> = {
    method: plan.method,
    model: plan.model,
    num_speculative_tokens: plan.numSpeculativeTokens,
    prompt_lookup_max: promptLookup?.max,
    prompt_lookup_min: promptLookup?.min,
    suffix_decoding_max_tree_depth: suffix?.maxTreeDepth,
    suffix_decoding_max_cached_requests: suffix?.maxCachedRequests,
    suffix_decoding_max_spec_factor: suffix?.maxSpecFactor,
    suffix_decoding_min_token_prob: suffix?.minTokenProb,
    draft_tensor_parallel_size: plan.draftTensorParallelSize,
    draft_sample_method: plan.draftSampleMethod,
    use_heterogeneous_vocab: plan.useHeterogeneousVocab || undefined,
    parallel_drafting: plan.parallelDrafting || undefined,
    quantization: plan.method === "draft_model" ? plan.quantization : undefined,
    max_model_len: plan.maxModelLen,
    num_speculative_tokens_per_batch_size:
      tokensByBatchSize.length === 0
        ? undefined
        : tokensByBatchSize.map(({ start, end, numSpeculativeTokens }) => [start, end, numSpeculativeTokens]),
    rejection_sample_method: plan.rejectionSampleMethod,
  };
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}
