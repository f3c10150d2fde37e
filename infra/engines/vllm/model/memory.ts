import type { Geometry } from "./geometry.ts";
import { bytesOf, type Packing, weightBytes } from "./packing.ts";

/** What an estimate needs to know. */
export interface MemoryInput {
  readonly geometry: Geometry;
  /** A number type, never `auto`. */
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
  /** Weights of what guesses ahead, on every card that shares it. */
  readonly draftWeightBytes: number;
}

/** What one card holds, GiB, and what that is in tokens. An estimate: vLLM measures when it starts. */
export interface MemoryEstimate {
  /** What vLLM may take of a card. */
  readonly budgetGib: number;
  readonly weightsGib: number;
  /** Activations of the largest step, CUDA graphs, the CUDA context and NCCL's buffers. */
  readonly reserveGib: number;
  /** What is left for keys and values; negative if the weights do not fit. */
  readonly cacheGib: number;
  /** Keys and values of one token in the layers that keep every token, bytes on each card. */
  readonly bytesPerToken: number;
  /** Layers that keep a window alone: the same of them, for the last `tokens` of a conversation. */
  readonly window: { readonly tokens: number; readonly bytesPerToken: number };
  /** Tokens of the longest conversation that one copy of the model keeps. */
  readonly tokensPerCopy: number;
  /** Tokens that all copies keep. */
  readonly tokens: number;
}

const gib = 2 ** 30;

// Context, NCCL and graphs: with the activations of the default batch it comes to the 1.5 GiB that cards of 24 GiB show.
const fixedReserveGib = 1;
const eagerReserveGib = 0.6;

/** Estimates the memory of one card. */
export function estimateMemory(input: MemoryInput): MemoryEstimate {
  const { geometry, tensor, pipeline } = input;
  const weights =
    weightBytes(geometry, input.dtype, input.packing) / (tensor * pipeline) + input.draftWeightBytes / tensor;
  const widest = (2 * geometry.intermediateSize) / tensor + 4 * geometry.hiddenSize;
  const activations = input.maxNumBatchedTokens * widest * 2;
  // Scores of the vocabulary in float32, and once more while a token is drawn.
  const scores = input.maxNumSeqs * geometry.vocabularySize * 4 * 2;
  const reserve = (input.enforceEager ? eagerReserveGib : fixedReserveGib) * gib + activations + scores;
  const budget = input.gpuMemoryGib * gib * input.gpuMemoryUtilization;
  const cache = budget - weights - reserve;

  // A key-value head that there are more cards than heads for is kept on several.
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

/** How many conversations of a length all copies hold, as far as memory goes. */
export function sessionsOf(estimate: MemoryEstimate, tokensPerSession: number, copies: number): number {
  const { cacheGib, bytesPerToken, window } = estimate;
  const each = bytesPerToken * tokensPerSession + window.bytesPerToken * Math.min(tokensPerSession, window.tokens);
  return Math.max(0, Math.floor((cacheGib * gib) / each)) * copies;
}

/** How long one conversation may be that has the whole cache. Where all layers keep a window alone, as long as without any window. */
function longest(cache: number, bytesPerToken: number, window: MemoryEstimate["window"]): number {
  const short = cache / (bytesPerToken + window.bytesPerToken);
  if (short <= window.tokens || bytesPerToken === 0) return short;
  return (cache - window.tokens * window.bytesPerToken) / bytesPerToken;
}
