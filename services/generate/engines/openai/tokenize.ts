import type { ChatMessage } from "../../chat.ts";
import { toWire } from "./messages.ts";
import { readObject } from "./pages.ts";
import type { ModelServer } from "./server.ts";

/**
 * How long to wait for the server to count a prompt's tokens: not very long, since there is already an estimate.
 * Tokenizers process about a million characters a second, and the list of tokens has to be sent and parsed.
 */
const limitMs = 500;
const limitMsPerCharacter = 0.002;

/**
 * The number of tokens of a prompt for `model`, from vLLM's own endpoint, which other servers lack; undefined if it is
 * not available. Throws only the signal's reason.
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
    // A failure here does not concern the caller, unless the caller itself has aborted.
    signal.throwIfAborted();
    return undefined;
  }
}
