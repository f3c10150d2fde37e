/** What a server of `/v1/audio/speech` lists: its models and voices, which show what kind of server it is. */
export interface SpeechListing {
  /** The entries of `GET /v1/models`; undefined if they cannot be read. */
  readonly models: readonly Readonly<Record<string, unknown>>[] | undefined;
  /** The response to `GET /v1/audio/voices`; undefined if there is none. */
  readonly voices: unknown;
}

/** A kind of speech server, by its name in the field `speech.server`. `openai` stands for any other server. */
export type SpeechServerName = keyof typeof speechServerTitles;

/** The kinds of speech servers, each with its name in texts for people. */
export const speechServerTitles = {
  "vllm-omni": "vLLM-Omni",
  "sglang-omni": "SGLang-Omni",
  "kokoro-fastapi": "Kokoro-FastAPI",
  localai: "LocalAI",
  speaches: "speaches",
  "openedai-speech": "openedai-speech",
  openai: "a server of /v1/audio/speech",
} as const;

/** The kind of a speech server, judging by the models and voices that it lists. */
export function toldServer({ models = [], voices }: SpeechListing): SpeechServerName {
  const owners = models.map(({ owned_by }) => String(owned_by ?? ""));
  if (typeof voices === "object" && voices !== null && "uploaded_voices" in voices) return "vllm-omni";
  if (owners.some((owner) => owner.startsWith("sglang"))) return "sglang-omni";
  if (owners.includes("kokoro")) return "kokoro-fastapi";
  if (models.some(({ task }) => task === "text-to-speech")) return "speaches";
  if (owners.includes("user") && models.every(({ id }) => /^tts-1(?:-hd)?$/.test(String(id)))) return "openedai-speech";
  // LocalAI is the only one of these servers whose list of models does not name the models' owners.
  if (models.length > 0 && models.every((model) => !("owned_by" in model) && !("created" in model))) return "localai";
  return "openai";
}
