/** What a server of `/v1/audio/speech` lists, as far as it tells who it is. */
export interface SpeechListing {
  /** What `GET /v1/models` has; undefined if nothing that could be read. */
  readonly models: readonly Readonly<Record<string, unknown>>[] | undefined;
  /** What `GET /v1/audio/voices` has; undefined if there is none. */
  readonly voices: unknown;
}

/** A server by the name that `speech.server` takes. `openai`: one that is none of the others. */
export type SpeechServerName = keyof typeof speechServerTitles;

/** How people call each of them. */
export const speechServerTitles = {
  "vllm-omni": "vLLM-Omni",
  "sglang-omni": "SGLang-Omni",
  "kokoro-fastapi": "Kokoro-FastAPI",
  localai: "LocalAI",
  speaches: "speaches",
  "openedai-speech": "openedai-speech",
  openai: "a server of /v1/audio/speech",
} as const;

/** Tells who a server is by what it lists. */
export function toldServer({ models = [], voices }: SpeechListing): SpeechServerName {
  const owners = models.map(({ owned_by }) => String(owned_by ?? ""));
  if (typeof voices === "object" && voices !== null && "uploaded_voices" in voices) return "vllm-omni";
  if (owners.some((owner) => owner.startsWith("sglang"))) return "sglang-omni";
  if (owners.includes("kokoro")) return "kokoro-fastapi";
  if (models.some(({ task }) => task === "text-to-speech")) return "speaches";
  if (owners.includes("user") && models.every(({ id }) => /^tts-1(?:-hd)?$/.test(String(id)))) return "openedai-speech";
  // The only one that does not say whose its models are.
  if (models.length > 0 && models.every((model) => !("owned_by" in model) && !("created" in model))) return "localai";
  return "openai";
}
