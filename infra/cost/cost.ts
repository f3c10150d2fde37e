import { type Clock, sleep } from "../clock/clock.ts";

/** What a step of vLLM costs, and how much fits. One step gives each running request a token. */
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

/** Fish-Speech on one RTX 4090, by how it is run: the project's own figures. */
export const fishCosts = {
  compiled: { startMs: 45, realTimeFactor: 1 / 15 },
  s1: { startMs: 45, realTimeFactor: 1 / 7 },
  uncompiled: { startMs: 45, realTimeFactor: 0.72 },
} as const satisfies Record<string, FishCost>;

/** Waits for work that takes `ms` by the cost model; throws the signal's reason when it aborts. */
export type Pace = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * Makes a Pace. `timeScale` stretches (2) or shrinks (0.1) all work; 0 does it as fast as the machine can, giving way to
 * I/O after each wait. Waits in a row do not add up the timer's rounding: each is measured from where the last should have ended.
 */
export function createPace(clock: Clock, timeScale: number): Pace {
  let due = 0;
  return async (ms, signal) => {
    if (timeScale === 0) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      return;
    }
    const now = clock.now();
    // A timer that fires a little late is made up for; a pause between two pieces of work is not.
    const from = now - due < timerSlackMs ? Math.min(due, now) : now;
    due = from + ms * timeScale;
    await sleep(clock, Math.max(0, due - now), signal);
  };
}

/** A timer of Node may be this late on a machine that is not overloaded. */
const timerSlackMs = 4;
