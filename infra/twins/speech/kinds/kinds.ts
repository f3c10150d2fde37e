import { sglangOmni, vllmOmni } from "./batching.ts";
import type { SpeechKind } from "./kind.ts";
import { openAi } from "./openai.ts";
import { kokoroFastApi, localAi, openedAiSpeech, speaches } from "./serial.ts";

/** The servers that can be imitated, each under the value of `--kind` that selects it. */
export const speechKinds = {
  "vllm-omni": vllmOmni,
  "sglang-omni": sglangOmni("pcm"),
  "sglang-omni-pcm-events": sglangOmni("pcm-events"),
  "sglang-omni-wav-events": sglangOmni("wav-events"),
  "kokoro-fastapi": kokoroFastApi,
  localai: localAi,
  speaches,
  "openedai-speech": openedAiSpeech,
  openai: openAi,
} as const satisfies Record<string, SpeechKind>;

/** The name of a server that can be imitated, as given to `--kind`. */
export type SpeechKindName = keyof typeof speechKinds;
