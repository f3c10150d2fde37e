import { InvalidRequestError } from "../../common/errors/request-error.ts";
import type { ChatEvent, ChatMessage, ChatRequest, Layer } from "../chat.ts";
import type { ContextWindow } from "../pool/window.ts";
import { createTokenCount } from "./count-tokens.ts";
import { cutHistory } from "./cut-history.ts";

/** Fewer tokens than this fit every engine: nothing is asked about them. */
const small = 1000;
/** Where guesses come this near to the budget, the engine is asked to count. */
const near = 0.85;

/**
 * Sends as much of a conversation as the context holds beside the answer. What is left out, and why there: `cutHistory`. A prompt
 * that was guessed too short, and refused for its length, is cut once more.
 */
export function withContext(window: ContextWindow): Layer {
  const tokens = createTokenCount();

  async function shortenToFit({ messages, maxTokens }: ChatRequest, signal: AbortSignal) {
    if (tokens.ofPrompt(messages).tokens < small) return messages;
    const most = await window.limit();
    if (most === undefined || most <= maxTokens) return messages;
    const budget = most - maxTokens;
    const cut = cutHistory(messages, tokens.of, budget);
    const guess = tokens.ofPrompt(cut);
    if (guess.exact || guess.tokens < near * budget) return cut;
    const counted = await window.count(cut, signal);
    return counted === undefined || counted <= budget ? cut : shortenByCount(messages, cut, budget, counted);
  }

  /** Cuts by the scale that a true count gives to guesses. */
  function shortenByCount(messages: Messages, cut: Messages, budget: number, counted: number): Messages {
    const guessed = cut.reduce((sum, message) => sum + tokens.of(message), 0);
    return cutHistory(messages, (message) => (tokens.of(message) * counted) / guessed, budget);
  }

  /** Shorter than what a server refused; undefined if nothing more can be left out. */
  async function shortenAgain(messages: Messages, maxTokens: number): Promise<Messages | undefined> {
    const most = await window.limit();
    const guess = tokens.ofPrompt(messages).tokens;
    const budget = Math.min(guess, (most ?? guess) - maxTokens);
    const shorter = cutHistory(messages, tokens.of, 0.8 * budget);
    return shorter.length === messages.length ? undefined : shorter;
  }

  /** Learns from each answer what its prompt and its text were counted as. */
  async function* learning(events: AsyncIterable<ChatEvent>, messages: Messages): AsyncGenerator<ChatEvent> {
    let text = "";
    for await (const event of events) {
      if (event.type === "delta") text += event.text;
      if (event.type === "finished" && event.usage !== undefined) tokens.learn(messages, text, event.usage);
      yield event;
    }
  }

  return (chat) => {
    const ask = (request: ChatRequest, signal: AbortSignal) => learning(chat(request, signal), request.messages);
    return async function* chatWithContext(request, signal) {
      const messages = await shortenToFit(request, signal);
      let begun = false;
      let shorter: Messages | undefined;
      try {
        for await (const event of ask({ ...request, messages }, signal)) {
          begun = true;
          yield event;
        }
        return;
      } catch (error) {
        if (begun || !isTooLong(error)) throw error;
        shorter = await shortenAgain(messages, request.maxTokens);
        if (shorter === undefined) throw error;
      }
      yield* ask({ ...request, messages: shorter }, signal);
    };
  };
}

type Messages = readonly ChatMessage[];

function isTooLong(error: unknown): boolean {
  return error instanceof InvalidRequestError && error.violations.some(({ field }) => field === "messages");
}
