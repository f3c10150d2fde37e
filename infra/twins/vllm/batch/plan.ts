import { tokenize } from "./tokens.ts";

/** How an answer ends, in vLLM's terms. */
export interface Ending {
  /** `stop`: the answer ends by itself or at a stop string; `length`: it ends at the token limit. */
  finishReason: "stop" | "length";
  /** The stop string that was reached; null if the answer ended by itself. */
  stopReason: string | null;
}

/** An answer, token by token. */
export interface Plan extends Ending {
  /** The text that each token adds; empty if the engine still holds the text back, and for the end-of-text token. */
  deltas: readonly string[];
}

/** What can end an answer before it ends by itself. */
export interface PlanLimits {
  /** The maximum number of tokens, including the end-of-text token. At least 1. */
  maxTokens: number;
  /** Strings that end the answer. */
  stop: readonly string[];
  /** Whether an answer that ends at a stop string includes that string. */
  includeStop: boolean;
}

/**
 * Splits an answer into deltas as vLLM's detokenizer does. If there are stop strings, the last characters so far
 * are held back, since they may begin a stop string: text arrives late, and the last event may contain several tokens.
 */
export function planAnswer(answer: string, { maxTokens, stop, includeStop }: PlanLimits): Plan {
  const tokens = tokenize(answer);
  const cut = tokens.length >= maxTokens;
  const texts = cut ? tokens.slice(0, maxTokens) : [...tokens, ""];
  const held = includeStop ? 0 : Math.max(0, ...stop.map((text) => text.length - 1));

  const deltas: string[] = [];
  let text = "";
  let sent = 0;
  for (const [index, token] of texts.entries()) {
    text += token;
    const met = findStop(text, text.length - token.length, stop);
    const last = met !== undefined || index === texts.length - 1;
    if (met !== undefined) text = text.slice(0, met.at + (includeStop ? met.stop.length : 0));
    const until = last ? text.length : Math.max(sent, wholeCharacters(text, text.length - held));
    deltas.push(text.slice(sent, until));
    sent = until;
    if (met !== undefined) return { deltas, finishReason: "stop", stopReason: met.stop };
  }
  return { deltas, finishReason: cut ? "length" : "stop", stopReason: null };
}

/** Finds the first occurrence of a stop string in `text` that ends after the index `from`. */
function findStop(text: string, from: number, stop: readonly string[]): { stop: string; at: number } | undefined {
  for (const candidate of stop) {
    const at = text.indexOf(candidate, Math.max(0, from - candidate.length + 1));
    if (at !== -1) return { stop: candidate, at };
  }
  return undefined;
}

/** The index `end`, moved back by one if it would split a surrogate pair: vLLM counts in whole code points. */
function wholeCharacters(text: string, end: number): number {
  return end > 0 && /[\udc00-\udfff]/.test(text.charAt(end)) ? end - 1 : end;
}
