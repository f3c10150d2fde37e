import { InvalidRequestError } from "../../common/errors/request-error.ts";
import type { ChatEngine, ChatMessage, ChatRequest } from "../chat.ts";
import { cutHistory } from "./history.ts";
import { createTokenCount } from "./token-count.ts";

/** What is known of an engine's context. */
export interface ContextOptions {
  /** Tokens of prompt and answer together; undefined if the engine does not tell. */
  readonly limit: () => Promise<number | undefined>;
  /** Has the engine count the tokens of a prompt; undefined if it cannot. */
  readonly count: (messages: readonly ChatMessage[], signal: AbortSignal) => Promise<number | undefined>;
}

/** Fewer tokens than this fit every engine: nothing is asked about them. */
const small = 1000;
/** Where guesses come this near to the budget, the engine is asked to count. */
const near = 0.85;

/**
 * The same engine, sent as much of a conversation as its context holds beside the answer. What is left out, and why there:
 * `cutHistory`. A prompt that was guessed too short, and refused for its length, is cut once more.
 */
export function fitContext(engine: ChatEngine, { limit, count }: ContextOptions): ChatEngine {
  const tokens = createTokenCount();

  async function fit(request: ChatRequest, signal: AbortSignal): Promise<readonly ChatMessage[]> {
    const { messages, maxTokens } = request;
    if (tokens.ofPrompt(messages).tokens < small) return messages;
    const most = await limit();
    if (most === undefined || most <= maxTokens) return messages;
    const budget = most - maxTokens;
    const cut = cutHistory(messages, tokens.of, budget);
    const guess = tokens.ofPrompt(cut);
    if (guess.exact || guess.tokens < near * budget) return cut;
    const counted = await count(cut, signal);
    return counted === undefined || counted <= budget ? cut : shorten(messages, cut, budget, counted);
  }

  /** Cuts by the scale that a true count gives to guesses. */
  function shorten(messages: readonly ChatMessage[], cut: readonly ChatMessage[], budget: number, counted: number) {
    const guessed = cut.reduce((sum, message) => sum + tokens.of(message), 0);
    return cutHistory(messages, (message) => (tokens.of(message) * counted) / guessed, budget);
  }

  async function* ask(request: ChatRequest, signal: AbortSignal) {
    let text = "";
    for await (const event of engine.chat(request, signal)) {
      if (event.type === "delta") text += event.text;
      if (event.type === "finished" && event.usage !== undefined) tokens.learn(request.messages, text, event.usage);
      yield event;
    }
  }

  return {
    ...engine,
    async *chat(request, signal) {
      const messages = await fit(request, signal);
      let begun = false;
      try {
        for await (const event of ask({ ...request, messages }, signal)) {
          begun = true;
          yield event;
        }
        return;
      } catch (error) {
        if (begun || !isTooLong(error)) throw error;
        const most = await limit();
        const guess = tokens.ofPrompt(messages).tokens;
        const budget = Math.min(guess, (most ?? guess) - request.maxTokens);
        const shorter = cutHistory(messages, tokens.of, 0.8 * budget);
        if (shorter.length === messages.length) throw error;
        yield* ask({ ...request, messages: shorter }, signal);
      }
    },
  };
}

function isTooLong(error: unknown): boolean {
  return error instanceof InvalidRequestError && error.violations.some(({ field }) => field === "messages");
}
