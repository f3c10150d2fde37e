/** A model as a server's list of models describes it. */
export interface ListedName {
  readonly id: string;
  /** The model's purpose, as some servers state it: `chat`, `embedding`. */
  readonly type?: unknown;
  /** The model's capabilities, as some servers state them: those of Mistral include `completion_chat`. */
  readonly capabilities?: unknown;
}

/**
 * Matches names of models that are not for chat: for embedding, ranking, speech, images, classification, completion.
 */
const others =
  /embed|rerank|(?:^|[^a-z])(?:bge|gte|e5|minilm|colbert|clip|siglip|whisper|parakeet|canary|tts|stt|asr|transcribe|realtime|bark|kokoro|xtts|piper|speech|sora|dall-e|sdxl|flux|imagen|moderation|guard|shield|reward|babbage|davinci)(?:[^a-z]|$)|stable-diffusion|gpt-image|gpt-audio|fish-speech|llama-guard|text-to-/i;
const otherTypes = /embed|rank|audio|speech|image|video|moderation|transcri/i;

/** The first chat model in a list; undefined if there is none. Whoever wants another model configures its name. */
export function chooseChatModel<T extends ListedName>(models: readonly T[]): T | undefined {
  return models.find(
    ({ id, type, capabilities }) =>
      id !== "" &&
      !others.test(id) &&
      !(typeof type === "string" && otherTypes.test(type)) &&
      (capabilities as { completion_chat?: unknown } | null | undefined)?.completion_chat !== false,
  );
}
