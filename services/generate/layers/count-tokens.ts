import { createHash } from "node:crypto";
import type { ChatMessage, Usage } from "../chat.ts";

/** Counts the tokens of messages: guesses that become true by what engines say they were given. */
export interface TokenCount {
  /** Tokens of a message and the template around it. The same message counts the same from then on, unless the truth is learned. */
  of(message: ChatMessage): number;
  /** Tokens of a prompt, by the longest beginning whose tokens are known, and guesses for the rest. */
  ofPrompt(messages: readonly ChatMessage[]): { tokens: number; exact: boolean };
  /** How many of them are guesses. */
  guessedOf(messages: readonly ChatMessage[]): number;
  /** An engine has counted a prompt. */
  learnPrompt(messages: readonly ChatMessage[], promptTokens: number): void;
  /** An engine has said how many a prompt had, and how many its answer. */
  learn(messages: readonly ChatMessage[], answer: string, usage: Usage): void;
}

/** Marks around a message in the template of Qwen2.5, and those that open the answer. */
const messageTokens = 5;
const openingTokens = 3;
/** Hashes of conversations that are remembered, some 100 bytes each. */
const remembered = 8192;
/** How far one prompt moves the scale of guesses. */
const trust = 0.2;

/** Makes one. It keeps hashes and numbers, no text. */
export function createTokenCount(): TokenCount {
  const messages = createMemory<number>(remembered);
  /** Of which messages the count is no guess. */
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

  /** The longest beginning that is known: how many messages it has, and tokens. */
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

  /** Messages that were counted together: those that were only guessed take up the difference, each by its share; the last one if there is none. */
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

/** About what tokenizers of today make: a hanzi is 0.7 tokens, a letter a quarter, a digit or mark one. */
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

/** Of a beginning and the message after it. */
function hash(before: string, message: ChatMessage): string {
  return createHash("sha1").update(before).update(message.role).update("\0").update(textOf(message)).digest("base64");
}

/** All of a message that the template writes out. */
function textOf({ content, toolCalls }: ChatMessage): string {
  return toolCalls === undefined ? content : content + JSON.stringify(toolCalls);
}

/** Keeps what was used last. */
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
