import type { ChatEvent, ChatMessage, ChatRequest, Layer } from "../chat.ts";
import type { ContextWindow } from "../pool/window.ts";
import { type ContextTold, TooLongError } from "../too-long.ts";
import { createTokenCount } from "./count-tokens.ts";
import { cutHistory } from "./cut-history.ts";

/** A prompt of fewer tokens fits into every engine's context window, so its tokens need not be counted. */
const small = 1000;
/** The engine counts the tokens of a prompt whose real token count may exceed this fraction of the budget. */
const near = 0.85;
/** The real token count of unusual text, such as numbers, code or short words, may be this many times the estimate. */
const guessedTooFew = 2;
/**
 * A shortened conversation is accepted if it fills at least this fraction of the budget: a cut aims at 70 %, but may
 * leave a little less, because exchanges are removed whole.
 */
const enough = 0.65;
/**
 * The maximum number of times that an engine counts tokens for one request: first of the whole conversation, then of
 * what remains after each cut, until it is certain that the prompt fits.
 */
const mostCounts = 6;
/** A prompt that does not fit after this many cuts is not cut further: each cut removes at least a fifth. */
const mostTries = 12;

/**
 * Sends as much of a conversation as fits into the context window with room for the answer. `cutHistory` decides what
 * is left out. A prompt that was underestimated, so that a server refuses it for its length, is cut until it fits.
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
   * The part of a conversation that fits a budget. The engine's own count is used where it matters: before anything is
   * left out, and for what remains after that, since estimates are wrong by different amounts for different kinds of
   * messages. Counts are remembered, so that later turns need no further count and cut at the same place.
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
   * A shorter version of a prompt that a server refused, based on the numbers in the server's error; undefined if
   * nothing more can be left out. Without such numbers, each attempt shortens the prompt a little more.
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

  /** Learns token counts from each answer's reported usage. */
  async function* learning(events: AsyncIterable<ChatEvent>, messages: Messages): AsyncGenerator<ChatEvent> {
    let text = "";
    // Whether the model also wrote thoughts or other text that was removed: the reported usage then counts those too.
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
