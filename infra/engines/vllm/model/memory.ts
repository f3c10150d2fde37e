import type { Geometry } from "./geometry.ts";
import { bytesOf, type Packing, weightBytes } from "./packing.ts";

/** What an estimate of GPU memory depends on. */
export interface MemoryInput {
  readonly geometry: Geometry;
  /** The model's data type, never `auto`. */
  readonly dtype: string;
  readonly packing: Packing | undefined;
  readonly gpuMemoryGib: number;
  readonly gpuMemoryUtilization: number;
  readonly cacheDtype: string;
  readonly tensor: number;
  readonly pipeline: number;
  readonly data: number;
  readonly maxNumSeqs: number;
  readonly maxNumBatchedTokens: number;
  readonly enforceEager: boolean;
  /** The size of all weights of the draft model, in bytes; they are split evenly over `tensor` GPUs. */
  readonly draftWeightBytes: number;
}

/**
 * The estimated memory use of one GPU in GiB, and the corresponding numbers of tokens. vLLM itself measures its memory
 * use when it starts.
 */
export interface MemoryEstimate {
  /** The part of a GPU's memory that vLLM may use. */
  readonly budgetGib: number;
  readonly weightsGib: number;
  /** The memory for activations of the largest step, CUDA graphs, the CUDA context and NCCL's buffers. */
  readonly reserveGib: number;
  /** The memory that is left for keys and values; negative if the weights do not fit. */
  readonly cacheGib: number;
  /** The size of one token's keys and values in the layers with full attention, in bytes per GPU. */
  readonly bytesPerToken: number;
  /** The layers with a sliding window: they keep keys and values only of a conversation's last `tokens` tokens. */
  readonly window: { readonly tokens: number; readonly bytesPerToken: number };
  /** The longest conversation that one replica can hold, in tokens. */
  readonly tokensPerCopy: number;
  /** The number of tokens whose keys and values all replicas together can hold. */
  readonly tokens: number;
}

const gib = 2 ** 30;

// Memory for the CUDA context, NCCL and CUDA graphs. Together with the activations of the default batch size this is
// the 1.5 GiB observed on GPUs of 24 GiB.
const fixedReserveGib = 1;
const eagerReserveGib = 0.6;

/** Estimates the memory use of one GPU. */
export function estimateMemory(input: MemoryInput): MemoryEstimate {
  const { geometry, tensor, pipeline } = input;
  const weights =
    weightBytes(geometry, input.dtype, input.packing) / (tensor * pipeline) + input.draftWeightBytes / tensor;
  const widest = (2 * geometry.intermediateSize) / tensor + 4 * geometry.hiddenSize;
  const activations = input.maxNumBatchedTokens * widest * 2;
  // Bytes for the logits of the vocabulary in float32, and for a copy of them during sampling.
  const scores = input.maxNumSeqs * geometry.vocabularySize * 4 * 2;
  const reserve = (input.enforceEager ? eagerReserveGib : fixedReserveGib) * gib + activations + scores;
  const budget = input.gpuMemoryGib * gib * input.gpuMemoryUtilization;
  const cache = budget - weights - reserve;

  // If there are more GPUs than key-value heads, each head is stored on several GPUs.
  const heads = Math.max(1, geometry.keyValueHeads / tensor);
  const cacheBytes = bytesOf(input.cacheDtype === "auto" ? input.dtype : input.cacheDtype);
  const bytesOfLayers = (layers: number) => 2 * Math.ceil(layers / pipeline) * heads * geometry.headSize * cacheBytes;
  const sliding = geometry.sliding ?? { layers: 0, window: 0 };
  const bytesPerToken = bytesOfLayers(geometry.layers - sliding.layers);
  const window = { tokens: sliding.window, bytesPerToken: bytesOfLayers(sliding.layers) };
  const tokensPerCopy = Math.max(0, Math.floor(longest(cache, bytesPerToken, window)));
  return {
    budgetGib: budget / gib,
    weightsGib: weights / gib,
    reserveGib: reserve / gib,
    cacheGib: cache / gib,
    bytesPerToken,
    window,
    tokensPerCopy,
    tokens: tokensPerCopy * input.data,
  };
}

/** How many conversations of a given length all replicas can hold. */
export function sessionsOf(estimate: MemoryEstimate, tokensPerSession: number, copies: number): number {
  const { cacheGib, bytesPerToken, window } = estimate;
  const each = bytesPerToken * tokensPerSession + window.bytesPerToken * Math.min(tokensPerSession, window.tokens);
  return Math.max(0, Math.floor((cacheGib * gib) / each)) * copies;
}

/**
 * The maximum length in tokens of a conversation that has the whole cache to itself. If every layer has a sliding
 * window, the windows are ignored: otherwise the cache would not limit the length.
 */
function longest(cache: number, bytesPerToken: number, window: MemoryEstimate["window"]): number {
  const short = cache / (bytesPerToken + window.bytesPerToken);
  if (short <= window.tokens || bytesPerToken === 0) return short;
  return (cache - window.tokens * window.bytesPerToken) / bytesPerToken;
}
