import { vllm } from "./rows/row.ts";

/**
 * Configs without an error, between them every field that becomes a flag. vLLM must take them all, and their flags are
 * kept in golden/.
 */
export const soundConfigs: Readonly<Record<string, string>> = {
  nothing: vllm("gpus: []"),
  ngram: vllm("speculation: { ngram: { numSpeculativeTokens: 4, promptLookupMax: 4, promptLookupMin: 2 } }"),
  "ngram-gpu": vllm(
    "speculation: { ngramGpu: { numSpeculativeTokens: 4 }, rejectionSampleMethod: standard }\nstructuredOutputs: { backend: guidance, disableAdditionalProperties: true }",
  ),
  "draft-model": vllm(
    "parallelism: { tensor: 4 }\nspeculation: { draftModel: { model: Qwen/Qwen2.5-1.5B-Instruct, numSpeculativeTokens: 4, useHeterogeneousVocab: true, draftSampleMethod: greedy, maxModelLen: 16384 } }",
  ),
  eagle3: vllm(
    "speculation: { eagle3: { model: thoughtworks/Qwen2.5-7B-Instruct-Eagle3, numSpeculativeTokens: 3, draftTensorParallelSize: 1 }, tokensByBatchSize: [{ start: 1, end: 16, numSpeculativeTokens: 3 }, { start: 17, end: 256, numSpeculativeTokens: 0 }] }",
  ),
  "all-of-batching": vllm(
    "batching: { maxNumSeqs: 128, maxNumBatchedTokens: 4096, chunkedPrefill: true, schedulingPolicy: priority, asyncScheduling: true, maxNumQueuedReqs: 200, maxNumQueuedTokens: 40000, streamInterval: 2 }",
  ),
  "all-of-cache": vllm(
    "cache: { dtype: fp8, gpuMemoryUtilization: 0.9, prefixCaching: false, blockSize: 32, offloadGib: 8 }",
  ),
  "all-of-server": vllm(
    "model: { name: Qwen/Qwen2.5-7B-Instruct, servedName: qwen }\nserver: { host: 127.0.0.1, port: 8001, shutdownTimeoutSeconds: 10, promptTokensDetails: false, perRequestMetrics: true }\nstructuredOutputs: { backend: xgrammar, disableAnyWhitespace: true }\ntracing: { otlpTracesEndpoint: 'http://127.0.0.1:4317', collectDetailedTraces: all }",
  ),
  "all-of-execution": vllm(
    "execution: { enforceEager: true, optimizationLevel: 1, performanceMode: interactivity, disableCustomAllReduce: true }\nparallelism: { tensor: 2, pipeline: 2 }\nextraArgs: ['--enable-log-requests', '--max-log-len', '10']",
  ),
  "packed-on-two": vllm(
    "model: { name: Qwen/Qwen2.5-14B-Instruct-AWQ }\nparallelism: { data: 2 }\nquantization: awq_marlin",
  ),
};
