/**
 * What a step of vLLM costs, and how much fits. One step gives each running request a token. The twins spend these costs,
 * Generate's advice weighs them; `law.ts` says how far real work strays from them, `pace.ts` spends the time.
 */
export interface VllmCost {
  /** Milliseconds of every step: reading the weights once. */
  stepMs: number;
  /** Milliseconds for each token of the step, decoded or prefilled. */
  tokenMs: number;
  /** Milliseconds for each 1000 tokens of context that the step attends to. */
  contextMs: number;
  /** Tokens that fit into the KV cache; a request that would not fit waits. */
  kvTokens: number;
  /** Requests that share a step at most (`--max-num-seqs`). */
  maxSequences: number;
  /** Tokens of a step at most (`--max-num-batched-tokens`); what a prompt has beyond it waits for the next step. */
  maxBatchedTokens: number;
}

const limits = { maxSequences: 256, maxBatchedTokens: 2048 };

/**
 * Qwen2.5-7B-Instruct on RTX 4090D cards, by how it is laid out. `tp1` fits published measurements of 7B models on one
 * 4090 (18.0 ms a token alone, 1190 tokens/s at 48 requests) to 4 %; the rest is derived from it by bandwidth.
 */
export const vllmCosts = {
  tp1: { stepMs: 18, tokenMs: 0.12, contextMs: 0.067, kvTokens: 85_000, ...limits },
  tp2: { stepMs: 11.5, tokenMs: 0.09, contextMs: 0.034, kvTokens: 480_000, ...limits },
  tp4: { stepMs: 8.3, tokenMs: 0.09, contextMs: 0.017, kvTokens: 1_100_000, ...limits },
  awq: { stepMs: 7.5, tokenMs: 0.14, contextMs: 0.067, kvTokens: 200_000, ...limits },
} as const satisfies Record<string, VllmCost>;

/** What a request to Fish-Speech costs. */
export interface FishCost {
  /** Milliseconds before the first frame: reference, prefill, vocoder. 30 to 100 were seen. */
  startMs: number;
  /** Seconds of work for a second of audio. */
  realTimeFactor: number;
}

/** What it costs to speak so many seconds at once, in milliseconds. */
export function speakMs({ startMs, realTimeFactor }: FishCost, seconds: number): number {
  return startMs + seconds * realTimeFactor * 1000;
}

/** Fish-Speech on one RTX 4090, by how it is run: the project's own figures. */
export const fishCosts = {
  compiled: { startMs: 45, realTimeFactor: 1 / 15 },
  s1: { startMs: 45, realTimeFactor: 1 / 7 },
  uncompiled: { startMs: 45, realTimeFactor: 0.72 },
} as const satisfies Record<string, FishCost>;
