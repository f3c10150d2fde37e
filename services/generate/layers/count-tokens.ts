/*
 * Only the engine knows how many tokens a conversation has, and asking costs a round trip. So tokens are estimated from
 * characters, and the estimates are corrected by what engines report: the usage at the end of each answer, and counts
 * that were requested.
 *
 * There are three memories, which hold only hashes and numbers. `prompts` has the token counts of whole prompts: the
 * next turn of a conversation starts with a prompt whose count is known, so only its last messages are estimated.
 * `messages` has a count for each single message. The same message has to count the same from turn to turn; otherwise
 * the history would be cut at a different place each time, and the prefix cache of the engine would be useless.
 * `counted` marks the messages whose count is exact. Besides, `scale` multiplies estimates; each prompt adjusts it a
 * little, for models and languages whose tokens are longer or shorter than usual.
 *
 * Pitfalls: the count of a prompt covers several messages, and its difference from the estimates is distributed over
 * those that were estimated, so the count of an unusual message (numbers, code) stays wrong until it is counted alone.
 * If the usage included hidden reasoning, short answers would seem to be long, so the caller does not report the
 * completion tokens of such answers. Entries that have not been used for a long time are dropped, which only costs an
 * estimate.
 */
import { createHash } from "node:crypto";
import type { ChatMessage, Usage } from "../chat.ts";

/** Counts the tokens of messages: estimates that are corrected by the usage that engines report. */
export interface TokenCount {
  /**
   * The number of tokens of a message, including those that the chat template adds. The number for a message does not
   * change until the exact count is learned.
   */
  of(message: ChatMessage): number;
  /** A prompt's tokens: the count of its longest counted prefix, plus estimates for the rest. `exact`: no estimates. */
  ofPrompt(messages: readonly ChatMessage[]): { tokens: number; exact: boolean };
  /** The part of `ofPrompt` that is only estimated: the tokens of a prompt after its longest counted prefix. */
  guessedOf(messages: readonly ChatMessage[]): number;
  /** Learns an engine's count of a prompt. */
  learnPrompt(messages: readonly ChatMessage[], promptTokens: number): void;
  /** Learns an engine's reported usage for a prompt and its answer. */
  learn(messages: readonly ChatMessage[], answer: string, usage: Usage): void;
}

/** The tokens that Qwen2.5's template adds: `messageTokens` around each message, `openingTokens` before the answer. */
const messageTokens = 5;
const openingTokens = 3;
/** The maximum number of entries in each of a counter's caches; an entry takes some 100 bytes. */
const remembered = 8192;
/** How much a single prompt changes `scale`, the factor of all estimates: from 0, not at all, to 1, completely. */
const trust = 0.2;

/** Creates a counter that has learned nothing yet. It stores only hashes and numbers, no text. */
export function createTokenCount(): TokenCount {
  const messages = createMemory<number>(remembered);
  /** Marks the messages whose number of tokens in `messages` is exact, not estimated. */
  const counted = createMemory<true>(remembered);
  const prompts = createMemory<number>(remembered);
  let scale = 1;

  const of = (message: ChatMessage): number => {
    const key = hash("", message);
    const known = messages.get(key);
    if (known !== undefined) return known;
    const guess = messageTokens + Math.ceil(scale * guessTokens(textOf(message)));
    messages.set(key, guess);
    return guess;
  };

  /** The longest prefix of a prompt whose token count is known: its number of messages and its number of tokens. */
  const known = (prompt: readonly ChatMessage[]) => {
    let best = { length: 0, tokens: openingTokens };
    let key = "";
    for (const [i, message] of prompt.entries()) {
      key = hash(key, message);
      const tokens = prompts.get(key);
      if (tokens !== undefined) best = { length: i + 1, tokens };
    }
    return best;
  };

  /**
   * Distributes an exact count over messages that were counted together. Messages whose own count is exact keep it. The
   * rest is divided among the other messages, in proportion to their estimates. If every message has an exact count,
   * only the last one's is changed.
   */
  const takeUp = (together: readonly ChatMessage[], found: number) => {
    const guesses = together.filter((message) => !counted.get(hash("", message)));
    const open = guesses.length > 0 ? guesses : together.slice(-1);
    const sum = (some: readonly ChatMessage[]) => some.reduce((all, message) => all + of(message), 0);
    const share = (found - (sum(together) - sum(open))) / sum(open);
    const shares = open.map((message) => [hash("", message), Math.max(messageTokens, of(message) * share)] as const);
    for (const [key, tokens] of shares) {
      messages.set(key, tokens);
      if (open.length === 1) counted.set(key, true);
    }
  };

  const learnPrompt = (prompt: readonly ChatMessage[], promptTokens: number) => {
    if (promptTokens <= 0) return;
    const before = known(prompt);
    const unknown = prompt.slice(before.length);
    const guessed = unknown.reduce((sum, message) => sum + of(message), 0);
    const found = promptTokens - before.tokens;
    if (guessed > 0 && found > 0) {
      scale += trust * (Math.min(4, Math.max(0.25, found / guessed)) * scale - scale);
      takeUp(unknown, found);
    }
    prompts.set(prompt.reduce(hash, ""), promptTokens);
  };

  return {
    of,
    learnPrompt,
    ofPrompt(prompt) {
      const { length, tokens } = known(prompt);
      const rest = prompt.slice(length).reduce((sum, message) => sum + of(message), 0);
      return { tokens: tokens + rest, exact: length === prompt.length };
    },
    guessedOf: (prompt) => prompt.slice(known(prompt).length).reduce((sum, message) => sum + of(message), 0),
    learn(prompt, answer, { promptTokens, completionTokens }) {
      if (promptTokens <= 0) return;
      learnPrompt(prompt, promptTokens);
      if (completionTokens <= 0) return;
      const key = hash("", { role: "assistant", content: answer });
      messages.set(key, completionTokens + messageTokens - 1);
      counted.set(key, true);
    },
  };
}

/**
 * Approximates current tokenizers: a Chinese character, like other East Asian ones, counts as 0.7 tokens, a letter of
 * another script as a quarter, a digit or punctuation mark as one, and a space as 0.05.
 */
function guessTokens(text: string): number {
  let tokens = 0;
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code >= 0x2e80) tokens += 0.7;
    else if (code === 0x20) tokens += 0.05;
    else tokens += /\p{L}/u.test(char) ? 0.25 : 1;
  }
  return tokens;
}

/** The hash of a prompt's messages up to and including `message`; `before` is the hash of those before it. */
function hash(before: string, message: ChatMessage): string {
  return createHash("sha1").update(before).update(message.role).update("\0").update(textOf(message)).digest("base64");
}

/** All text of a message that the chat template includes. */
function textOf({ content, toolCalls }: ChatMessage): string {
  return toolCalls === undefined ? content : content + JSON.stringify(toolCalls);
}

/** A map that keeps the most recently used entries. */
function createMemory<T>(most: number): { get(key: string): T | undefined; set(key: string, value: T): void } {
  const entries = new Map<string, T>();
  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      const oldest = entries.keys().next();
      if (entries.size > most && !oldest.done) entries.delete(oldest.value);
    },
  };
}
