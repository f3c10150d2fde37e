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

/** Makes an empty batch. */
export function createBatch({ cost, pace, law, signal, onStep, guessing }: BatchOptions): Batch {
  const perRequest = 1 + (guessing?.tokens ?? 0);
  let waiting: Sequence[] = [];
  const running = new Set<Sequence>();
  let stepping = false;

  const context = () => [...running].reduce((sum, { prompt, made }) => sum + prompt + made, 0);

  const admit = () => {
    let kv = context();
    while (waiting[0] !== undefined && running.size < cost.maxSequences) {
      kv += waiting[0].prompt;
      if (kv > cost.kvTokens && running.size > 0) break;
      running.add(waiting.shift() as Sequence);
    }
  };

  /** Decodes come first; prompts share what the step has left, in order of arrival. */
  const plan = () => {
    const decoding = [...running].filter(({ prompt, prefilled }) => prefilled === prompt);
    let room = Math.max(0, cost.maxBatchedTokens - decoding.length * perRequest);
    const prefilling: { sequence: Sequence; tokens: number }[] = [];
    for (const sequence of running) {
      const tokens = Math.min(room, sequence.prompt - sequence.prefilled);
      if (tokens > 0) prefilling.push({ sequence, tokens });
      room -= tokens;
    }
    return { decoding, prefilling, tokens: cost.maxBatchedTokens - room };
  };

  /** Tokens that a step brings to a request that is being decoded. */
  const advance = (): number => {
    if (guessing === undefined) return 1;
    const { tokens, acceptance, random, onGuess } = guessing;
    let accepted = 0;
    while (accepted < tokens && random() < acceptance) accepted++;
    onGuess(tokens, accepted);
    return 1 + accepted;
  };

  const step = async () => {
    admit();
    const { decoding, prefilling, tokens } = plan();
    const ms = cost.stepMs + cost.tokenMs * tokens + (cost.contextMs * context()) / 1000;
    await pace(law(ms, running.size), signal);
    onStep(tokens);
    for (const sequence of decoding) sequence.made = Math.min(sequence.wanted, sequence.made + advance());
    for (const { sequence, tokens } of prefilling) {
      sequence.prefilled += tokens;
      if (sequence.prefilled < sequence.prompt) continue;
      sequence.made++;
      decoding.push(sequence);
    }
    for (const sequence of decoding) {
      if (sequence.made === sequence.wanted) running.delete(sequence);
      sequence.wake?.();
    }
  };

  const stepWhileBusy = async () => {
    if (stepping) return;
    stepping = true;
    try {
      while (waiting.length + running.size > 0) await step();
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      stepping = false;
    }
  };

  return {
    async *run(promptTokens, outputTokens, requestSignal, cachedTokens = 0) {
      const prefilled = Math.min(cachedTokens, promptTokens - 1);
      const sequence: Sequence = { prompt: promptTokens, prefilled, wanted: outputTokens, made: 0, read: 0 };
      const onAbort = () => sequence.wake?.();
      requestSignal.addEventListener("abort", onAbort, { once: true });
      waiting.push(sequence);
      void stepWhileBusy();
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
        running.delete(sequence);
        waiting = waiting.filter((other) => other !== sequence);
      }
    },
    load: () => ({ running: running.size, waiting: waiting.length, kvUsage: Math.min(1, context() / cost.kvTokens) }),
  };
}
