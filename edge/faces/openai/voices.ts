import type { Call } from "../../call.ts";
import { Failure } from "../../errors.ts";
import type { Ports } from "../../hosts/ports.ts";

/** The names of the voices of OpenAI's API; some clients can send no other names. */
export const openAiVoices = [
  "alloy",
  "ash",
  "ballad",
  "cedar",
  "coral",
  "echo",
  "fable",
  "marin",
  "nova",
  "onyx",
  "sage",
  "shimmer",
  "verse",
] as const;

/**
 * The voice that a request means: the deployment's mapping for the name, if there is one; for one of OpenAI's names
 * without a mapping, the default voice (empty); otherwise the name itself.
 */
export function voiceOf(name: string | undefined, named: Readonly<Record<string, string>>): string {
  if (name === undefined) return "";
  if (Object.hasOwn(named, name)) return named[name] as string;
  return (openAiVoices as readonly string[]).includes(name) ? "" : name;
}

/** Answers `GET /v1/audio/voices`: the deployment's own voices. */
export async function listVoices(call: Call, ports: Ports): Promise<object> {
  const { voices } = await ports.listVoices(call);
  return {
    voices: voices.map(({ name, displayName, languages }) => ({ id: name, name: displayName || name, languages })),
  };
}

/** Passes on a turn's events. If the turn's voice does not exist, the error names the request's field `param`. */
export async function* expectVoice<T>(turn: AsyncIterable<T>, param: string): AsyncGenerator<T> {
  try {
    yield* turn;
  } catch (error) {
    // NOT_FOUND always means the voice: nothing else that a turn names can be missing.
    if (!(error instanceof Failure) || error.code !== "NOT_FOUND") throw error;
    const message = "there is no voice of this name: see the list of voices";
    throw new Failure("NOT_FOUND", "VOICE_NOT_FOUND", message, {
      fields: [{ field: param, reason: "UNKNOWN_VALUE", description: "does not exist" }],
    });
  }
}
