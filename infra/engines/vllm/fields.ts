import type { Fields } from "../field.ts";

const tokensAhead = {
  range: [1, 32],
  reason: "Each guess costs a token's worth of computing; past some 8 few are right.",
} as const;
const geometry = { reason: "From the model's config.json, or the table of known models." } as const;
const count = { ...geometry, range: [1, 1_000_000] } as const;

/** The fields below `engine.vllm`. */
export const vllmFields: Fields = {
  version: {
    fallback: "0.29.0",
    reason: "The first with a limit of its queue. docs/checking-vllm.md lists the newer ones that were checked.",
  },
  "model.name": {
    fallback: "Qwen/Qwen2.5-7B-Instruct",
    reason: "Speaks Chinese and English well and fits one 24 GB card.",
  },
  "model.servedName": { otherwise: "the model's name", reason: "As vLLM does." },
  "model.revision": { otherwise: "the newest", reason: "Pin it where answers must not change." },
  "model.configFile": { reason: "Only for models that the table does not know." },
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
  gpus: { range: [0, 63], otherwise: "the first ones", reason: "One host holds no more." },
  "parallelism.tensor": {
    fallback: 1,
    range: [1, 64],
    reason: "A 7B model fits one card, and cards without NVLink gain little from sharing.",
  },
  "parallelism.pipeline": {
    fallback: 1,
    range: [1, 64],
    reason: "Adds latency; for models that no single host's tensor parallelism holds.",
  },
  "parallelism.data": { fallback: 1, range: [1, 64], reason: "One copy answers some 200 voice sessions." },
  dtype: {
    fallback: "auto",
    words: ["auto", "bfloat16", "float16", "half", "float32", "float"],
    reason: "What the checkpoint was trained in: bfloat16 for Qwen2.5.",
  },
  quantization: { otherwise: "as the checkpoint says", reason: "vLLM finds it out by itself." },
  "context.maxModelLen": {
    otherwise: "what the model was trained for",
    range: [1, 100_000_000],
    reason: "Longer needs YaRN.",
  },
  "context.yarn.factor": { range: [1.0001, 1024], reason: "1 stretches nothing." },
  "context.yarn.originalMaxPositionEmbeddings": {
    otherwise: "what the model was trained for",
    range: [1, 100_000_000],
    reason: "As its model card says.",
  },
  "cache.dtype": { fallback: "auto", reason: "fp8 halves the memory of a token at some cost in quality." },
  "cache.gpuMemoryUtilization": {
    fallback: 0.92,
    range: [0.01, 1],
    reason: "vLLM's own default of today; older versions had 0.9, so it is always said.",
  },
  "cache.prefixCaching": { fallback: true, reason: "The system prompt of all sessions is computed once." },
  "cache.blockSize": { fallback: 16, range: [1, 4096], reason: "vLLM's own on CUDA." },
  "cache.offloadGib": { otherwise: "none", range: [0.1, 4096], reason: "Voice sessions are short: they fit the card." },
  "batching.maxNumSeqs": {
    otherwise: "256, or 1024 on cards of 70 GiB and more",
    range: [1, 65_536],
    reason: "vLLM's own; said aloud because it depends on the card.",
  },
  "batching.maxNumBatchedTokens": {
    otherwise: "2048, or 8192 on cards of 70 GiB and more",
    range: [1, 1_048_576],
    reason: "vLLM's own; more makes prompts faster and running answers jerkier.",
  },
  "batching.chunkedPrefill": {
    fallback: true,
    reason: "A long prompt would else hold up every answer that is being spoken.",
  },
  "batching.schedulingPolicy": {
    fallback: "fcfs",
    words: ["fcfs", "priority"],
    reason: "vLLM's own. Priorities of requests count under `priority` alone.",
  },
  "batching.asyncScheduling": { otherwise: "vLLM decides", reason: "It is on where the other settings allow it." },
  "batching.maxNumQueuedReqs": {
    otherwise: "no limit",
    range: [1, 1_000_000],
    reason: "Generate refuses before vLLM has to; this is the second fence.",
  },
  "batching.maxNumQueuedTokens": {
    otherwise: "no limit",
    range: [1, 100_000_000],
    reason: "About the time to first token that is wanted, times the tokens of prompt computed in that time.",
  },
  "batching.streamInterval": { fallback: 1, range: [1, 1024], reason: "Every token is heard at once." },
  "speculation.rejectionSampleMethod": { fallback: "standard", words: ["standard", "block"], reason: "vLLM's own." },
  "speculation.tokensByBatchSize[].start": { range: [1, 65_536], reason: "A batch has one answer or more." },
  "speculation.tokensByBatchSize[].end": { range: [1, 65_536], reason: "A batch has one answer or more." },
  "speculation.tokensByBatchSize[].numSpeculativeTokens": { range: [0, 32], reason: "0 guesses nothing." },
  ...prefix("speculation.ngram", ngram()),
  ...prefix("speculation.ngramGpu", ngram()),
  "speculation.suffix.numSpeculativeTokens": {
    fallback: 24,
    range: [1, 1024],
    reason: "vLLM's own: the depth of its trees.",
  },
  "speculation.suffix.maxTreeDepth": { fallback: 24, range: [1, 1024], reason: "vLLM's own." },
  "speculation.suffix.maxCachedRequests": {
    fallback: 10_000,
    range: [0, 10_000_000],
    reason: "vLLM's own; 0 remembers none.",
  },
  "speculation.suffix.maxSpecFactor": { fallback: 1, range: [0, 1000], reason: "vLLM's own." },
  "speculation.suffix.minTokenProb": { fallback: 0.1, range: [0, 1], reason: "vLLM's own." },
  "speculation.draftModel.model": { reason: "Must speak the model's own tokens." },
  "speculation.draftModel.numSpeculativeTokens": tokensAhead,
  "speculation.draftModel.draftTensorParallelSize": {
    otherwise: "as many as share the model",
    range: [1, 64],
    reason: "vLLM asks for the same; its own default, 1, fails from two cards on.",
  },
  "speculation.draftModel.useHeterogeneousVocab": { fallback: false, reason: "vLLM's own." },
  "speculation.draftModel.draftSampleMethod": {
    fallback: "greedy",
    words: ["greedy", "probabilistic"],
    reason: "vLLM's own.",
  },
  "speculation.draftModel.quantization": {
    otherwise: "as the checkpoint says",
    reason: "vLLM finds it out by itself.",
  },
  "speculation.draftModel.maxModelLen": {
    otherwise: "the model's own",
    range: [1, 100_000_000],
    reason: "Longer texts are then not guessed.",
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
    reason: "vLLM's own: it picks one that takes the schema.",
  },
  "structuredOutputs.disableAnyWhitespace": { fallback: false, reason: "vLLM's own." },
  "structuredOutputs.disableAdditionalProperties": { fallback: false, reason: "vLLM's own." },
  "tracing.otlpTracesEndpoint": { otherwise: "none", reason: "Traces cost little, but need somebody to take them." },
  "tracing.collectDetailedTraces": {
    otherwise: "none",
    words: ["model", "worker", "all"],
    reason: "They slow every step.",
  },
  "server.host": {
    fallback: "127.0.0.1",
    reason: "Its API key does not guard all paths: nobody but this host need reach it.",
  },
  "server.port": { fallback: 8000, range: [1, 65_535], reason: "vLLM's own." },
  "server.shutdownTimeoutSeconds": {
    fallback: 30,
    range: [0, 3600],
    reason: "Answers that are being spoken end; vLLM's own, 0, cuts them.",
  },
  "server.promptTokensDetails": { fallback: true, reason: "Shows what the prefix cache saved, per answer." },
  "server.perRequestMetrics": { fallback: false, reason: "Per answer it costs some bytes; on for benchmarks." },
  "server.image": { otherwise: "vllm/vllm-openai of the version", reason: "vLLM's own image." },
  "execution.enforceEager": { fallback: false, reason: "Off it answers markedly faster." },
  "execution.optimizationLevel": { otherwise: "2", range: [0, 3], reason: "vLLM's own." },
  "execution.performanceMode": {
    otherwise: "balanced",
    words: ["balanced", "interactivity", "throughput"],
    reason: "What it would change is said here anyway.",
  },
  "execution.disableCustomAllReduce": {
    fallback: false,
    reason: "vLLM's own; it turns itself off where it cannot work.",
  },
  "expected.sessions": {
    otherwise: "not checked",
    range: [1, 65_536],
    reason: "Say it to learn whether memory holds it.",
  },
  "expected.tokensPerSession": {
    fallback: 4096,
    range: [1, 100_000_000],
    reason: "A system prompt and some twenty spoken turns.",
  },
  extraArgs: { otherwise: "none", reason: "What has a field is written in its field, where it is checked." },
};

function ngram(): Fields {
  return {
    numSpeculativeTokens: tokensAhead,
    promptLookupMax: { otherwise: "promptLookupMin, or 5", range: [1, 64], reason: "vLLM's own." },
    promptLookupMin: { otherwise: "promptLookupMax, or 5", range: [1, 64], reason: "vLLM's own." },
  };
}

function head(): Fields {
  return {
    model: { reason: "Trained for exactly this model." },
    numSpeculativeTokens: tokensAhead,
    draftTensorParallelSize: { otherwise: "1", range: [1, 64], reason: "vLLM's own." },
    parallelDrafting: { fallback: false, reason: "vLLM's own; needs a head trained for it." },
    draftSampleMethod: { fallback: "greedy", words: ["greedy", "probabilistic"], reason: "vLLM's own." },
  };
}

function prefix(path: string, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [`${path}.${name}`, field]));
}
