/** A model, as a server's list has it: whatever it may say of it besides its name. */
export interface ListedName {
  readonly id: string;
  /** What some servers say that it is for: `chat`, `embedding`. */
  readonly type?: unknown;
  /** What others say that it can: Mistral's have `completion_chat`. */
  readonly capabilities?: unknown;
}

/** Names of models that answer no questions: they embed or rank texts, hear, speak, draw, judge or only go on with a text. */
const others =
  /embed|rerank|(?:^|[^a-z])(?:bge|gte|e5|minilm|colbert|clip|siglip|whisper|parakeet|canary|tts|stt|asr|transcribe|realtime|bark|kokoro|xtts|piper|speech|sora|dall-e|sdxl|flux|imagen|moderation|guard|shield|reward|babbage|davinci)(?:[^a-z]|$)|stable-diffusion|gpt-image|gpt-audio|fish-speech|llama-guard|text-to-/i;
const otherTypes = /embed|rank|audio|speech|image|video|moderation|transcri/i;

/** The first model of a list that answers questions; undefined if none does. Whoever wants another one names it. */
export function chooseChatModel<T extends ListedName>(models: readonly T[]): T | undefined {
  return models.find(
    ({ id, type, capabilities }) =>
      id !== "" &&
      !others.test(id) &&
      !(typeof type === "string" && otherTypes.test(type)) &&
      (capabilities as { completion_chat?: unknown } | null | undefined)?.completion_chat !== false,
  );
}
