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

/**
 * Milliseconds of a step and of each of its tokens, for a model of 7 billion parameters on RTX 4090 D cards: a fit of published
 * measurements for one card, derived from it by bandwidth for more. Their quotient decides, and differs less than they do.
 */
const costs = {
  1: { stepMs: 18, tokenMs: 0.12 },
  2: { stepMs: 11.5, tokenMs: 0.09 },
  4: { stepMs: 8.3, tokenMs: 0.09 },
  packed: { stepMs: 7.5, tokenMs: 0.14 },
} as const;

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
  const { stepMs, tokenMs } = costs[quantization !== undefined ? "packed" : tensor >= 4 ? 4 : tensor === 2 ? 2 : 1];
  const guess = guesses * (guessMs[method] ?? headMs);
  const wasted = guesses + 1 - length;
  return wasted <= 0 ? Number.POSITIVE_INFINITY : (stepMs * (length - 1) - guess) / (tokenMs * wasted);
}
