import type { VllmCost } from "../../../cost/cost.ts";
import type { Law } from "../../../cost/law.ts";
import type { Pace } from "../../../cost/pace.ts";
import type { Random } from "../../../random/random.ts";

/** Options of createBatch. */
export interface BatchOptions {
  /** What a step costs. */
  cost: VllmCost;
  /** Waits for the work of a step. */
  pace: Pace;
  /** What a step takes in truth. */
  law: Law;
  /** Ends the batch. */
  signal: AbortSignal;
  /** Told of each step: the tokens in it. */
  onStep: (tokens: number) => void;
  /** How tokens are guessed ahead. Default: they are not. */
  guessing?: Guessing | undefined;
}

/** Speculative decoding: each step checks some guesses of each request, and takes those that are right up to the first that is wrong. */
export interface Guessing {
  /** Guesses a step. */
  tokens: number;
  /** The chance that a guess is right if those before it are. */
  acceptance: number;
  random: Random;
  /** Told of each request in each step. */
  onGuess: (tokens: number, accepted: number) => void;
}

/** Requests that are decoded together, each step giving each a token: continuous batching with chunked prefill. */
export interface Batch {
  /**
   * Decodes `outputTokens` after a prompt; yields how many tokens were made since it was last asked. A slow reader gets
   * several at once and slows nobody, as with vLLM. Left early or aborted, the request gives up its place at once.
   * `cachedTokens` of the prompt need not be computed.
   */
  run(
    promptTokens: number,
    outputTokens: number,
    signal: AbortSignal,
    cachedTokens?: number,
  ): AsyncGenerator<number, void, undefined>;
  /** What its metrics say now. */
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
  /** The maximum number of tokens per request and step. */
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

  /** Decodes come first; prompts share what the step has left, in order of arrival. */
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

  /** Tokens that a step brings to a request that is being decoded. */
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

/** Makes an empty batch. */
export function createBatch(options: BatchOptions): Batch {
  return new SteppingBatch(options);
}
