import type { ChatMessage } from "../../chat.ts";
import { toWire } from "./messages.ts";
import { readObject } from "./pages.ts";
import type { ModelServer } from "./server.ts";

/**
 * A count is worth no longer wait than this: a guess is there already. Tokenizers read some million characters a second, and the list of tokens
 * has to be written and read.
 */
const limitMs = 500;
const limitMsPerCharacter = 0.002;

/**
 * Tokens of a prompt for `model`, by vLLM's own page, which other servers lack; undefined if the count cannot be had. Throws the
 * signal's reason alone.
 */
export async function countTokens(
  server: ModelServer,
  model: string | undefined,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<number | undefined> {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(limitMs + limitMsPerCharacter * characters))]);
  try {
    const { count } = readObject(
      await server.page("/tokenize", limited, { model, messages: messages.map(toWire), add_generation_prompt: true }),
    );
    return typeof count === "number" ? count : undefined;
  } catch {
    // Whatever went wrong there is none of the caller's concern.
    signal.throwIfAborted();
    return undefined;
  }
}
