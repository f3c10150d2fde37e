import type { Call } from "../../call.ts";
import { Failure } from "../../errors.ts";
import type { Ports } from "../../hosts/ports.ts";

/** The voices that OpenAI's clients know; some send no other name. */
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
 * The voice that a request means: the one that the deployment has named for it; for a name of OpenAI's that it has named none for, the default
 * voice (empty); else the name itself.
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

/** The same turn, except that a voice that is not there is told as one: `param` is where the request names it. */
export async function* expectVoice<T>(turn: AsyncIterable<T>, param: string): AsyncGenerator<T> {
  try {
    yield* turn;
  } catch (error) {
    // A turn names nothing else that has to be there.
    if (!(error instanceof Failure) || error.code !== "NOT_FOUND") throw error;
    const message = "there is no voice of this name: the list of voices names those there are";
    throw new Failure("NOT_FOUND", "VOICE_NOT_FOUND", message, {
      fields: [{ field: param, reason: "UNKNOWN_VALUE", description: "is not there" }],
    });
  }
}
