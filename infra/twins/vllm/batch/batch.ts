import type { VllmCost } from "../../../cost/cost.ts";
import type { Law } from "../../../cost/law.ts";
import type { Pace } from "../../../cost/pace.ts";
import type { Random } from "../../../random/random.ts";

/** Options of createBatch. */
export interface BatchOptions {
  /** How long a step takes, and how many requests and tokens fit into it. */
  cost: VllmCost;
  /** Waits for the time that a step takes. */
  pace: Pace;
  /** Converts the duration of a step, as predicted by `cost`, to the simulated duration. */
  law: Law;
  /** When this signal aborts, all work of the batch ends. */
  signal: AbortSignal;
  /** Called for each step with the number of tokens in it. */
  onStep: (tokens: number) => void;
  /** Speculative decoding. Default: off. */
  guessing?: Guessing | undefined;
}

/**
 * Speculative decoding: each step verifies some draft tokens of each request, and accepts those before the first wrong
 * one.
 */
export interface Guessing {
  /** The number of draft tokens per request and step. */
  tokens: number;
  /** The probability that a draft token is right if those before it are. */
  acceptance: number;
  random: Random;
  /** Called for each request in each step, with the numbers of its draft tokens and of those that were accepted. */
  onGuess: (tokens: number, accepted: number) => void;
}

/** Requests that are decoded together, step by step, as by vLLM: continuous batching with chunked prefill. */
export interface Batch {
  /**
   * Decodes `outputTokens` tokens after a prompt. Each time it is read, it yields how many tokens were made since the
   * last time: as with vLLM, a slow reader gets several tokens at once and slows nobody down. If the reader leaves or
   * the signal aborts, the request's slot is free at once. `cachedTokens` tokens of the prompt need not be computed.
   */
  run(
    promptTokens: number,
    outputTokens: number,
    signal: AbortSignal,
    cachedTokens?: number,
  ): AsyncGenerator<number, void, undefined>;
  /** The current load, for the metrics. */
  load(): { running: number; waiting: number; kvUsage: number };
}

interface Sequence {
  prompt: number;
  prefilled: number;
  wanted: number;
  made: number;
  read: number;
  wake?: (() => void) | undefined;
}

class SteppingBatch implements Batch {
  readonly #options: BatchOptions;
  /** The maximum number of tokens that one request takes up in a step while its answer is decoded. */
  readonly #perRequest: number;
  #waiting: Sequence[] = [];
  readonly #running = new Set<Sequence>();
  #stepping = false;

  constructor(options: BatchOptions) {
    this.#options = options;
    this.#perRequest = 1 + (options.guessing?.tokens ?? 0);
  }

  async *run(
    promptTokens: number,
    outputTokens: number,
    requestSignal: AbortSignal,
    cachedTokens = 0,
  ): AsyncGenerator<number, void, undefined> {
    const prefilled = Math.min(cachedTokens, promptTokens - 1);
    const sequence: Sequence = { prompt: promptTokens, prefilled, wanted: outputTokens, made: 0, read: 0 };
    const onAbort = () => sequence.wake?.();
    requestSignal.addEventListener("abort", onAbort, { once: true });
    this.#waiting.push(sequence);
    void this.#stepWhileBusy();
    try {
      while (sequence.read < sequence.wanted) {
        requestSignal.throwIfAborted();
        if (sequence.made === sequence.read)
          await new Promise<void>((resolve) => {
            sequence.wake = resolve;
          });
        const count = sequence.made - sequence.read;
        if (count === 0) continue;
        sequence.read += count;
        yield count;
      }
    } finally {
      requestSignal.removeEventListener("abort", onAbort);
      this.#running.delete(sequence);
      this.#waiting = this.#waiting.filter((other) => other !== sequence);
    }
  }

  load(): { running: number; waiting: number; kvUsage: number } {
    return {
      running: this.#running.size,
      waiting: this.#waiting.length,
      kvUsage: Math.min(1, this.#context() / this.#options.cost.kvTokens),
    };
  }

  #context() {
    return [...this.#running].reduce((sum, { prompt, made }) => sum + prompt + made, 0);
  }

  #admit() {
    const { cost } = this.#options;
    let kv = this.#context();
    while (this.#waiting[0] !== undefined && this.#running.size < cost.maxSequences) {
      kv += this.#waiting[0].prompt;
      if (kv > cost.kvTokens && this.#running.size > 0) break;
      this.#running.add(this.#waiting.shift() as Sequence);
    }
  }

  /**
   * Decides which tokens the next step computes: first those of requests that are being decoded, then as many tokens of
   * prompts as still fit, in order of arrival.
   */
  #plan() {
    const { cost } = this.#options;
    const decoding = [...this.#running].filter(({ prompt, prefilled }) => prefilled === prompt);
    let room = Math.max(0, cost.maxBatchedTokens - decoding.length * this.#perRequest);
    const prefilling: { sequence: Sequence; tokens: number }[] = [];
    for (const sequence of this.#running) {
      const tokens = Math.min(room, sequence.prompt - sequence.prefilled);
      if (tokens > 0) prefilling.push({ sequence, tokens });
      room -= tokens;
    }
    return { decoding, prefilling, tokens: cost.maxBatchedTokens - room };
  }

  /** How many tokens of its answer a request gets in a step; more than one only with speculative decoding. */
  #advance(): number {
    if (this.#options.guessing === undefined) return 1;
    const { tokens, acceptance, random, onGuess } = this.#options.guessing;
    let accepted = 0;
    while (accepted < tokens && random() < acceptance) accepted++;
    onGuess(tokens, accepted);
    return 1 + accepted;
  }

  async #step() {
    const { cost, pace, law, signal, onStep } = this.#options;
    this.#admit();
    const { decoding, prefilling, tokens } = this.#plan();
    const ms = cost.stepMs + cost.tokenMs * tokens + (cost.contextMs * this.#context()) / 1000;
    await pace(law(ms, this.#running.size), signal);
    onStep(tokens);
    for (const sequence of decoding) sequence.made = Math.min(sequence.wanted, sequence.made + this.#advance());
    for (const { sequence, tokens } of prefilling) {
      sequence.prefilled += tokens;
      if (sequence.prefilled < sequence.prompt) continue;
      sequence.made++;
      decoding.push(sequence);
    }
    for (const sequence of decoding) {
      if (sequence.made === sequence.wanted) this.#running.delete(sequence);
      sequence.wake?.();
    }
  }

  async #stepWhileBusy() {
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      while (this.#waiting.length + this.#running.size > 0) await this.#step();
    } catch (error) {
      if (!this.#options.signal.aborted) throw error;
    } finally {
      this.#stepping = false;
    }
  }
}

/** Creates an empty batch. */
export function createBatch(options: BatchOptions): Batch {
  return new SteppingBatch(options);
}
