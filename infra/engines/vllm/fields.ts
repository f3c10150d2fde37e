import type { Fields } from "../field.ts";

const tokensAhead = {
  range: [1, 32],
  reason: "Each speculative token costs as much computation as a real one, and beyond about 8 few are accepted.",
} as const;
const geometry = { reason: "Taken from the model's config.json or from the table of known models." } as const;
const count = { ...geometry, range: [1, 1_000_000] } as const;

/** Describes the fields below `engine.vllm` in duet.yaml: defaults, ranges, reasons. */
export const vllmFields: Fields = {
  version: {
    fallback: "0.29.0",
    reason: "The first version that can limit its queue. docs/checking-vllm.md lists the newer ones that were checked.",
  },
  "model.name": {
    fallback: "Qwen/Qwen2.5-7B-Instruct",
    reason: "Speaks Chinese and English well and fits on one 24 GB GPU.",
  },
  "model.servedName": { otherwise: "the model's name", reason: "As vLLM does." },
  "model.revision": { otherwise: "the newest", reason: "Pin it if answers must not change." },
  "model.configFile": { reason: "Needed only for models that are not in Duet's table." },
  "model.geometry.layers": count,
  "model.geometry.hiddenSize": count,
  "model.geometry.intermediateSize": count,
  "model.geometry.attentionHeads": count,
  "model.geometry.keyValueHeads": count,
  "model.geometry.headSize": { ...count, otherwise: "hiddenSize / attentionHeads" },
  "model.geometry.vocabularySize": count,
  "model.geometry.maxPositionEmbeddings": { ...geometry, range: [1, 100_000_000] },
  "model.geometry.ropeTheta": { ...geometry, range: [1, 1e12], otherwise: "1000000" },
  "model.geometry.tiedEmbeddings": { ...geometry, fallback: false },
  "model.geometry.weightBytes": { ...geometry, range: [1, Number.MAX_SAFE_INTEGER], otherwise: "computed" },
  gpus: { range: [0, 63], otherwise: "the first ones", reason: "A host has at most 64 GPUs." },
  "parallelism.tensor": {
    fallback: 1,
    range: [1, 64],
    reason: "A 7B model fits on one GPU, and without NVLink tensor parallelism gains little.",
  },
  "parallelism.pipeline": {
    fallback: 1,
    range: [1, 64],
    reason: "It adds latency; use it for models too large for tensor parallelism on one host.",
  },
  "parallelism.data": { fallback: 1, range: [1, 64], reason: "One copy of the model serves about 200 voice sessions." },
  dtype: {
    fallback: "auto",
    words: ["auto", "bfloat16", "float16", "half", "float32", "float"],
    reason: "The type that the checkpoint was trained in: bfloat16 for Qwen2.5.",
  },
  quantization: { otherwise: "as the checkpoint says", reason: "vLLM detects it." },
  "context.maxModelLen": {
    otherwise: "the length that the model was trained for",
    range: [1, 100_000_000],
    reason: "Longer needs YaRN.",
  },
  "context.yarn.factor": { range: [1.0001, 1024], reason: "A factor of 1 would not extend the context." },
  "context.yarn.originalMaxPositionEmbeddings": {
    otherwise: "the length that the model was trained for",
    range: [1, 100_000_000],
    reason: "As the model card says.",
  },
  "cache.dtype": { fallback: "auto", reason: "fp8 halves the cache memory per token at some cost in quality." },
  "cache.gpuMemoryUtilization": {
    fallback: 0.92,
    range: [0.01, 1],
    reason: "vLLM's current default; older versions had 0.9, so it is always set explicitly.",
  },
  "cache.prefixCaching": { fallback: true, reason: "The system prompt shared by all sessions is computed only once." },
  "cache.blockSize": { fallback: 16, range: [1, 4096], reason: "vLLM's default on CUDA." },
  "cache.offloadGib": {
    otherwise: "none",
    range: [0.1, 4096],
    reason: "Voice sessions are short, and fit in GPU memory.",
  },
  "batching.maxNumSeqs": {
    otherwise: "256, or 1024 on GPUs with 70 GiB or more",
    range: [1, 65_536],
    reason: "vLLM's default; set explicitly because it depends on the GPU.",
  },
  "batching.maxNumBatchedTokens": {
    otherwise: "2048, or 8192 on GPUs with 70 GiB or more",
    range: [1, 1_048_576],
    reason: "vLLM's default; a larger value processes prompts faster but delays the tokens of running answers.",
  },
  "batching.chunkedPrefill": {
    fallback: true,
    reason: "Otherwise a long prompt would hold up every answer that is being spoken.",
  },
  "batching.schedulingPolicy": {
    fallback: "fcfs",
    words: ["fcfs", "priority"],
    reason: "vLLM's default. Priorities of requests take effect only with `priority`.",
  },
  "batching.asyncScheduling": { otherwise: "vLLM decides", reason: "vLLM turns it on if the other settings allow it." },
  "batching.maxNumQueuedReqs": {
    otherwise: "no limit",
    range: [1, 1_000_000],
    reason: "Generate already limits requests before vLLM does; this is a second limit.",
  },
  "batching.maxNumQueuedTokens": {
    otherwise: "no limit",
    range: [1, 100_000_000],
    reason: "Roughly the target time to first token multiplied by the prompt tokens that vLLM processes per second.",
  },
  "batching.streamInterval": {
    fallback: 1,
    range: [1, 1024],
    reason: "Each token is sent as soon as it is generated.",
  },
  "speculation.rejectionSampleMethod": {
    fallback: "standard",
    words: ["standard", "block"],
    reason: "vLLM's default.",
  },
  "speculation.tokensByBatchSize[].start": { range: [1, 65_536], reason: "A batch has at least one request." },
  "speculation.tokensByBatchSize[].end": { range: [1, 65_536], reason: "A batch has at least one request." },
  "speculation.tokensByBatchSize[].numSpeculativeTokens": { range: [0, 32], reason: "0 turns speculation off." },
  ...prefix("speculation.ngram", ngram()),
  ...prefix("speculation.ngramGpu", ngram()),
  "speculation.suffix.numSpeculativeTokens": {
    fallback: 24,
    range: [1, 1024],
    reason: "vLLM's default, the same as for maxTreeDepth.",
  },
  "speculation.suffix.maxTreeDepth": { fallback: 24, range: [1, 1024], reason: "vLLM's default." },
  "speculation.suffix.maxCachedRequests": {
    fallback: 10_000,
    range: [0, 10_000_000],
    reason: "vLLM's default; with 0, no earlier answers are cached.",
  },
  "speculation.suffix.maxSpecFactor": { fallback: 1, range: [0, 1000], reason: "vLLM's default." },
  "speculation.suffix.minTokenProb": { fallback: 0.1, range: [0, 1], reason: "vLLM's default." },
  "speculation.draftModel.model": {
    reason: "Its vocabulary must match the served model's, unless useHeterogeneousVocab is set.",
  },
  "speculation.draftModel.numSpeculativeTokens": tokensAhead,
  "speculation.draftModel.draftTensorParallelSize": {
    otherwise: "the served model's tensor parallelism",
    range: [1, 64],
    reason: "vLLM requires the same number; its own default, 1, fails on two GPUs or more.",
  },
  "speculation.draftModel.useHeterogeneousVocab": { fallback: false, reason: "vLLM's default." },
  "speculation.draftModel.draftSampleMethod": {
    fallback: "greedy",
    words: ["greedy", "probabilistic"],
    reason: "vLLM's default.",
  },
  "speculation.draftModel.quantization": {
    otherwise: "as the checkpoint says",
    reason: "vLLM detects it.",
  },
  "speculation.draftModel.maxModelLen": {
    otherwise: "the model's own",
    range: [1, 100_000_000],
    reason: "For longer contexts nothing is speculated.",
  },
  "speculation.draftModel.geometry.attentionHeads": count,
  "speculation.draftModel.geometry.keyValueHeads": count,
  "speculation.draftModel.geometry.vocabularySize": count,
  "speculation.draftModel.geometry.weightBytes": { ...geometry, range: [1, Number.MAX_SAFE_INTEGER] },
  ...prefix("speculation.eagle", head()),
  ...prefix("speculation.eagle3", head()),
  ...prefix("speculation.medusa", head()),
  "speculation.mtp.numSpeculativeTokens": { ...tokensAhead, otherwise: "the model's own number" },
  "structuredOutputs.backend": {
    fallback: "auto",
    words: ["auto", "xgrammar", "guidance", "outlines", "lm-format-enforcer"],
    reason: "vLLM's default: it picks a backend that supports the schema.",
  },
  "structuredOutputs.disableAnyWhitespace": { fallback: false, reason: "vLLM's default." },
  "structuredOutputs.disableAdditionalProperties": { fallback: false, reason: "vLLM's default." },
  "tracing.otlpTracesEndpoint": { otherwise: "none", reason: "Tracing costs little, but needs a collector." },
  "tracing.collectDetailedTraces": {
    otherwise: "none",
    words: ["model", "worker", "all"],
    reason: "Detailed traces slow down every step.",
  },
  "server.host": {
    fallback: "127.0.0.1",
    reason: "vLLM's API key does not protect all paths, and only this host needs to reach it.",
  },
  "server.port": { fallback: 8000, range: [1, 65_535], reason: "vLLM's default." },
  "server.shutdownTimeoutSeconds": {
    fallback: 30,
    range: [0, 3600],
    reason: "Running answers can finish; vLLM's default, 0, aborts them.",
  },
  "server.promptTokensDetails": { fallback: true, reason: "Reports for each answer what the prefix cache saved." },
  "server.perRequestMetrics": {
    fallback: false,
    reason: "It adds some bytes to each answer; turn it on for benchmarks.",
  },
  "server.image": { otherwise: "vllm/vllm-openai with the version as its tag", reason: "vLLM's own image." },
  "execution.enforceEager": { fallback: false, reason: "Leaving it off makes answers markedly faster." },
  "execution.optimizationLevel": { otherwise: "2", range: [0, 3], reason: "vLLM's default." },
  "execution.performanceMode": {
    otherwise: "balanced",
    words: ["balanced", "interactivity", "throughput"],
    reason: "The settings that a mode would change have fields of their own.",
  },
  "execution.disableCustomAllReduce": {
    fallback: false,
    reason: "vLLM's default; vLLM itself turns custom all-reduce off where it is not supported.",
  },
  "expected.sessions": {
    otherwise: "not checked",
    range: [1, 65_536],
    reason: "If it is set, Duet checks that the memory suffices for this many sessions.",
  },
  "expected.tokensPerSession": {
    fallback: 4096,
    range: [1, 100_000_000],
    reason: "Enough for a system prompt and about twenty spoken turns.",
  },
  extraArgs: {
    otherwise: "none",
    reason: "A flag that has a field of its own belongs in that field, where Duet checks it.",
  },
};

function ngram(): Fields {
  return {
    numSpeculativeTokens: tokensAhead,
    promptLookupMax: { otherwise: "promptLookupMin, or 5", range: [1, 64], reason: "vLLM's default." },
    promptLookupMin: { otherwise: "promptLookupMax, or 5", range: [1, 64], reason: "vLLM's default." },
  };
}

function head(): Fields {
  return {
    model: { reason: "The head must have been trained for exactly this model." },
    numSpeculativeTokens: tokensAhead,
    draftTensorParallelSize: { otherwise: "1", range: [1, 64], reason: "vLLM's default." },
    parallelDrafting: { fallback: false, reason: "vLLM's default; parallel drafting needs a head trained for it." },
    draftSampleMethod: { fallback: "greedy", words: ["greedy", "probabilistic"], reason: "vLLM's default." },
  };
}

function prefix(path: string, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [`${path}.${name}`, field]));
}
