import type { ChatEvent, ChatMessage, ChatRequest, Layer } from "../chat.ts";
import type { ContextWindow } from "../pool/window.ts";
import { type ContextTold, TooLongError } from "../too-long.ts";
import { createTokenCount } from "./count-tokens.ts";
import { cutHistory } from "./cut-history.ts";

/** Fewer tokens than this fit every engine: nothing is asked about them. */
const small = 1000;
/** Where guesses come this near to the budget, the engine is asked to count. */
const near = 0.85;
/** A prompt that does not fit after so many cuts is not cut further: each leaves out a fifth at least. */
const mostTries = 12;

/**
 * Sends as much of a conversation as the context holds beside the answer. What is left out, and why there: `cutHistory`. A prompt
 * that was guessed too short, and refused for its length, is cut until it fits.
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

  /**
   * Shorter than what a server refused, by what it told; undefined if nothing more can be left out. A server that tells nothing is
   * asked with a little less each time.
   */
  async function shortenAgain(messages: Messages, maxTokens: number, told: ContextTold): Promise<Messages | undefined> {
    if (told.limit !== undefined) window.learn(told.limit);
    const most = told.limit ?? (await window.limit());
    const guess = tokens.ofPrompt(messages).tokens;
    // By its own count of this prompt, guesses are so much too small.
    const scale = told.promptTokens === undefined ? 1 : Math.max(1, told.promptTokens / guess);
    const room = most === undefined ? guess : (most - maxTokens) / scale;
    const shorter = cutHistory(messages, tokens.of, 0.8 * Math.min(guess, room));
    return shorter.length === messages.length ? undefined : shorter;
  }

  /** Learns from each answer what its prompt and its text were counted as. */
  async function* learning(events: AsyncIterable<ChatEvent>, messages: Messages): AsyncGenerator<ChatEvent> {
    let text = "";
    // Tokens of what is not in the text are counted with it.
    let hidden = false;
    for await (const event of events) {
      if (event.type === "delta") text += event.text;
      if (event.type === "thinking" || event.type === "leftOut") hidden = true;
      if (event.type === "finished" && event.usage !== undefined)
        tokens.learn(messages, text, hidden ? { ...event.usage, completionTokens: 0 } : event.usage);
      yield event;
    }
  }

  return (chat) => {
    const ask = (request: ChatRequest, signal: AbortSignal) => learning(chat(request, signal), request.messages);
    return async function* chatWithContext(request, signal) {
      let messages = await shortenToFit(request, signal);
      for (let tries = 1; ; tries++) {
        let begun = false;
        try {
          for await (const event of ask({ ...request, messages }, signal)) {
            begun = true;
            yield event;
          }
          return;
        } catch (error) {
          if (begun || !(error instanceof TooLongError) || tries === mostTries) throw error;
          const shorter = await shortenAgain(messages, request.maxTokens, error.told);
          if (shorter === undefined) throw error;
          messages = shorter;
        }
      }
    };
  };
}

type Messages = readonly ChatMessage[];
