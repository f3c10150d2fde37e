import { vllmCosts } from "../../../infra/cost/cost.ts";

/** What decides whether guessing tokens ahead pays. */
export interface SpeculationFacts {
  /** How it is configured; undefined: it is off. */
  readonly speculation: { readonly method: string; readonly numSpeculativeTokens: number | undefined } | undefined;
  /** How many cards share the model, and how its weights are packed. */
  readonly tensor: number;
  readonly quantization: string | undefined;
  /** Tokens a step brings to a request, as measured; undefined if nothing was guessed. */
  readonly meanAcceptanceLength: number | undefined;
  /** Requests in a step, as measured; undefined if nothing was seen. */
  readonly meanBatch: number | undefined;
}

/** What to do about it. */
export interface SpeculationAdvice {
  readonly action: "keep" | "turnOff" | "limitBatch" | "changeMethod" | "turnOn";
  /** From so many requests at once on it costs more than it brings; 0 if there is no such number. */
  readonly breakEvenBatch: number;
  readonly meanAcceptanceLength: number;
  readonly meanBatch: number;
  /** The same in a sentence, with the fields of the config. */
  readonly text: string;
}

/** Milliseconds to guess one token: a look-up on the host, a small head, a small model. */
const guessMs: Readonly<Record<string, number>> = {
  ngram: 0.2,
  ngram_gpu: 0.1,
  suffix: 0.2,
  draft_model: 4,
};
const headMs = 1;
const lookUps = ["ngram", "ngram_gpu", "suffix"];

/** What EAGLE-3 heads reach on chat with three guesses: 0.62 of them are right in the first place. */
const usual = { method: "eagle3", guesses: 3, acceptanceLength: 2.24 };

/**
 * Compares a step that checks guesses with as many plain steps as it saves. With speculation a step takes the guessing and a
 * token of work for each guess of each request, and brings the acceptance length; so it breaks even where
 * `(step + guess + token·(k+1)·batch) / length = step + token·batch`. Undefined while nothing was measured.
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
  const measured = `${length.toFixed(2)} tokens a step by ${method}`;
  if (speculation === undefined) {
    if (meanBatch === 0 || meanBatch > breakEven / 2)
      return made("keep", "Speculation is off, and the batches seen give no reason to turn it on.");
    return made(
      "turnOn",
      `Batches of ${meanBatch.toFixed(0)} leave room: speculation that accepts as ${method} usually does pays below ${breakEvenBatch}. Set engine.vllm.speculation.`,
    );
  }
  if (breakEven < 1)
    return lookUps.includes(method)
      ? made(
          "changeMethod",
          `Only ${measured}: answers repeat little. A trained head (engine.vllm.speculation.eagle3) guesses better; without one remove engine.vllm.speculation.`,
        )
      : made("turnOff", `Only ${measured}: it costs more than it brings at any batch. Remove engine.vllm.speculation.`);
  if (meanBatch > breakEven)
    return made(
      "limitBatch",
      `With ${measured} it pays up to ${breakEvenBatch} at once, and ${meanBatch.toFixed(0)} are. Set engine.vllm.speculation.tokensByBatchSize to 0 tokens above ${breakEvenBatch}.`,
    );
  return made("keep", `With ${measured} it pays${breakEvenBatch === 0 ? "" : ` up to ${breakEvenBatch} at once`}.`);
}

/** Requests at once; infinite if every guess is right. */
function breakEvenOf(
  { tensor, quantization }: SpeculationFacts,
  method: string,
  guesses: number,
  length: number,
): number {
  // Their quotient decides, and differs less between cards and models than they do.
  const { stepMs, tokenMs } = vllmCosts[layoutOf(tensor, quantization)];
  const guess = guesses * (guessMs[method] ?? headMs);
  const wasted = guesses + 1 - length;
  return wasted <= 0 ? Number.POSITIVE_INFINITY : (stepMs * (length - 1) - guess) / (tokenMs * wasted);
}

/** The layout whose measured costs are nearest: packed weights decide more than the number of cards. */
function layoutOf(tensor: number, quantization: string | undefined): keyof typeof vllmCosts {
  if (quantization !== undefined) return "awq";
  return tensor >= 4 ? "tp4" : tensor === 2 ? "tp2" : "tp1";
}
