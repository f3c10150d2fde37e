import type { ChatEvent, ChatMessage, ChatRequest, Layer } from "../chat.ts";
import type { ContextWindow } from "../pool/window.ts";
import { type ContextTold, TooLongError } from "../too-long.ts";
import { createTokenCount } from "./count-tokens.ts";
import { cutHistory } from "./cut-history.ts";

/** Fewer tokens than this fit every engine: nothing is asked about them. */
const small = 1000;
/** Where a prompt may come this near to the budget, the engine is asked to count. */
const near = 0.85;
/** Of texts that nobody has counted, such as figures, code or short words, there may be so many times as many tokens as guessed. */
const guessedTooFew = 2;
/** What is left of a conversation is right if it fills so much of the budget: a cut leaves 70 %, and the first exchange may be a long one. */
const enough = 0.65;
/** A conversation is counted once as a whole, and what is left of it as often as it takes to be sure. */
const mostCounts = 6;
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
    return cutByCount(messages, most - maxTokens, signal);
  }

  /**
   * What of a conversation keeps to a budget, by the engine's own count wherever it decides: before something is left out, and of what is
   * then left. Messages may be of kinds that guesses are wrong about each in its own way. What was counted is remembered, so that the turns
   * after this one need no further count and cut at the same place.
   */
  async function cutByCount(messages: Messages, budget: number, signal: AbortSignal): Promise<Messages> {
    for (let counts = 0; ; counts++) {
      const cut = cutHistory(messages, tokens.of, budget);
      const { tokens: guess, exact } = tokens.ofPrompt(cut);
      const atMost = guess + (guessedTooFew - 1) * tokens.guessedOf(cut);
      if (counts === mostCounts || exact || (cut === messages && atMost < near * budget)) return cut;
      const asked = counts === 0 ? messages : cut;
      const counted = await window.count(asked, signal);
      if (counted === undefined) return cut;
      tokens.learnPrompt(asked, counted);
      if (asked === cut && counted <= budget && counted >= enough * budget) return cut;
    }
  }

  /**
   * Shorter than what a server refused, by what it told; undefined if nothing more can be left out. A server that tells nothing is
   * asked with a little less each time.
   */
  async function shortenAgain({ messages, maxTokens }: Refused, told: ContextTold, signal: AbortSignal) {
    if (told.limit !== undefined) window.learn(told.limit);
    const most = told.limit ?? (await window.limit());
    if (most !== undefined && told.promptTokens !== undefined) {
      tokens.learnPrompt(messages, told.promptTokens);
      const cut = await cutByCount(messages, most - maxTokens, signal);
      if (cut.length < messages.length) return cut;
    }
    const guess = tokens.ofPrompt(messages).tokens;
    const room = most === undefined ? guess : most - maxTokens;
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
            begun ||= event.type !== "accepted";
            yield event;
          }
          return;
        } catch (error) {
          if (begun || !(error instanceof TooLongError) || tries === mostTries) throw error;
          const shorter = await shortenAgain({ messages, maxTokens: request.maxTokens }, error.told, signal);
          if (shorter === undefined) throw error;
          messages = shorter;
        }
      }
    };
  };
}

type Messages = readonly ChatMessage[];
type Refused = Pick<ChatRequest, "messages" | "maxTokens">;
