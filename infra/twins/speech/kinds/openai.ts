import { speechCosts } from "../../../cost/cost.ts";
import * as errors from "../wire/errors.ts";
import { rawPcm, rawWav, speechEvents } from "../wire/framing.ts";
import { openAiList, type SpeechKind, unknownVoice } from "./kind.ts";

/** A server that does what OpenAI's API reference describes, and nothing else. */
export const openAi: SpeechKind = {
  about: "OpenAI's API as documented, and nothing else",
  models: ["tts-1", "tts-1-hd", "gpt-4o-mini-tts"],
  voices: ["alloy", "ash", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer"],
  listVoices: undefined,
  listModels: openAiList("system", 1681940951),
  health: { status: "ok" },
  errors: errors.openAiErrors,
  web: "uvicorn",
  sampleRateHertz: 24_000,
  blocks: false,
  deaf: false,
  cost: speechCosts["voxcpm-4090"],
  deliver({ input, model, voice, format = "mp3", streamFormat = "audio" }, kind) {
    if (input === "" || voice === undefined)
      return { status: 400, message: "Missing required parameter.", param: input === "" ? "input" : "voice" };
    if (model === undefined || !kind.models.includes(model))
      return { status: 404, message: `The model \`${model}\` does not exist or you do not have access to it.` };
    if (unknownVoice(voice, kind)) return { status: 400, message: `Invalid value: '${voice}'`, param: "voice" };
    if (streamFormat === "sse") return { how: "stream", framing: speechEvents({ names: false }) };
    return { how: "stream", framing: format === "wav" ? rawWav(kind.sampleRateHertz) : rawPcm() };
  },
};
