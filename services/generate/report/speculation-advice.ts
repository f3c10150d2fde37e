import { vllmCosts } from "../../../infra/cost/cost.ts";

/** The facts that decide whether speculative decoding is worth its cost. */
export interface SpeculationFacts {
  /** The configured speculation; undefined if it is off. */
  readonly speculation: { readonly method: string; readonly numSpeculativeTokens: number | undefined } | undefined;
  /** The number of GPUs that share the model, and the quantization of its weights. */
  readonly tensor: number;
  readonly quantization: string | undefined;
  /** The measured number of tokens that one step adds to an answer; undefined if no tokens were drafted. */
  readonly meanAcceptanceLength: number | undefined;
  /** The measured number of requests per step; undefined if nothing was observed. */
  readonly meanBatch: number | undefined;
}

/** Advice on speculative decoding. */
export interface SpeculationAdvice {
  readonly action: "keep" | "turnOff" | "limitBatch" | "changeMethod" | "turnOn";
  /**
   * The number of concurrent requests above which speculation costs more than it gains. 0 if there is no such number:
   * speculation never gains anything, or always does; `action` tells which.
   */
  readonly breakEvenBatch: number;
  readonly meanAcceptanceLength: number;
  readonly meanBatch: number;
  /** The advice in a sentence, with the config fields to change. */
  readonly text: string;
}

/**
 * Milliseconds to draft one token, for methods that use a look-up on the host or a small model. A trained head takes
 * `headMs` instead.
 */
const guessMs: Readonly<Record<string, number>> = {
  ngram: 0.2,
  ngram_gpu: 0.1,
  suffix: 0.2,
  draft_model: 4,
};
const headMs = 1;
const lookUps = ["ngram", "ngram_gpu", "suffix"];

/** What EAGLE-3 heads usually achieve in chat with three draft tokens: the first is accepted with probability 0.62. */
const usual = { method: "eagle3", guesses: 3, acceptanceLength: 2.24 };

/**
 * Compares a speculative step with the plain steps that it replaces. A speculative step costs the drafting of k tokens
 * (`guess`), plus the work for each draft token of each request, and yields `length` tokens, the acceptance length; so
 * it breaks even where `(step + guess + token·(k+1)·batch) / length = step + token·batch`. Returns undefined as long as
 * nothing has been measured.
 */
export function advise(facts: SpeculationFacts): SpeculationAdvice | undefined {
  const { speculation, meanBatch } = facts;
  if (meanBatch === undefined) return undefined;
  const method = speculation?.method ?? usual.method;
  const guesses = speculation === undefined ? usual.guesses : (speculation.numSpeculativeTokens ?? usual.guesses);
  const length = speculation === undefined ? usual.acceptanceLength : facts.meanAcceptanceLength;
  if (length === undefined) return undefined;
  const breakEven = breakEvenOf(facts, method, guesses, length);
  const breakEvenBatch = Number.isFinite(breakEven) ? Math.max(0, Math.floor(breakEven)) : 0;
  const made = (action: SpeculationAdvice["action"], text: string): SpeculationAdvice => ({
    action,
    breakEvenBatch,
    meanAcceptanceLength: length,
    meanBatch,
    text,
  });
  const measured = `${length.toFixed(2)} tokens per step with ${method}`;
  if (speculation === undefined) {
    if (meanBatch === 0 || meanBatch > breakEven / 2)
      return made("keep", "Speculation is off, and the batches seen give no reason to turn it on.");
    return made(
      "turnOn",
      `The mean batch is ${meanBatch.toFixed(0)}: with the usual acceptance of ${method}, speculation pays off in batches below ${breakEvenBatch}. Set engine.vllm.speculation.`,
    );
  }
  if (breakEven < 1)
    return lookUps.includes(method)
      ? made(
          "changeMethod",
          `Only ${measured}: the answers repeat too little of the earlier text. A trained draft head (engine.vllm.speculation.eagle3) predicts better; if there is none for this model, remove engine.vllm.speculation.`,
        )
      : made(
          "turnOff",
          `Only ${measured}: speculation costs more than it gains at any batch size. Remove engine.vllm.speculation.`,
        );
  if (meanBatch > breakEven)
    return made(
      "limitBatch",
      `With ${measured} speculation pays off in batches of up to ${breakEvenBatch}, but the mean batch is ${meanBatch.toFixed(0)}. Set engine.vllm.speculation.tokensByBatchSize to 0 tokens above ${breakEvenBatch}.`,
    );
  return made(
    "keep",
    `With ${measured} speculation pays off${breakEvenBatch === 0 ? "" : ` in batches of up to ${breakEvenBatch}`}.`,
  );
}

/**
 * The batch size, in concurrent requests, at which speculation breaks even; infinite if every draft token is accepted.
 */
function breakEvenOf(
  { tensor, quantization }: SpeculationFacts,
  method: string,
  guesses: number,
  length: number,
): number {
  // The result depends mainly on the ratio of the two costs, which differs less between GPUs and models than the costs
  // themselves.
  const { stepMs, tokenMs } = vllmCosts[layoutOf(tensor, quantization)];
  const guess = guesses * (guessMs[method] ?? headMs);
  const wasted = guesses + 1 - length;
  return wasted <= 0 ? Number.POSITIVE_INFINITY : (stepMs * (length - 1) - guess) / (tokenMs * wasted);
}

/** Returns the layout in `vllmCosts` that is closest: quantization matters more than the number of GPUs. */
function layoutOf(tensor: number, quantization: string | undefined): keyof typeof vllmCosts {
  if (quantization !== undefined) return "awq";
  return tensor >= 4 ? "tp4" : tensor === 2 ? "tp2" : "tp1";
}
