import { speechCosts } from "../../../cost/cost.ts";
import * as errors from "../wire/errors.ts";
import { chunkEvents, rawPcm, rawWav, speechEvents } from "../wire/framing.ts";
import { openAiList, type SpeechKind, unknownVoice } from "./kind.ts";

/**
 * Whether a format is neither raw samples nor WAV. The real servers support more formats; the stand-in makes only these
 * two, and for any other format merely sends the right content type.
 */
const notPcm = (format: string) => format !== "pcm" && format !== "wav";

/** vLLM-Omni, as it behaves according to its document docs/serving/speech_api.md. */
export const vllmOmni: SpeechKind = {
  about:
    "vllm-omni: serves requests in batches; streams raw samples or WAV with stream_format audio, events with stream",
  models: ["Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice"],
  voices: ["aiden", "dylan", "eric", "ono_anna", "ryan", "serena", "sohee", "uncle_fu", "vivian"],
  listVoices: (voices) => ({ voices, uploaded_voices: [] }),
  listModels: (models) => ({
    object: "list",
    data: models.map((id) => ({ id, object: "model", created: 0, owned_by: "vllm", root: id, parent: null })),
  }),
  health: "",
  errors: errors.vllmErrors,
  web: "uvicorn",
  sampleRateHertz: 24_000,
  blocks: false,
  deaf: false,
  cost: speechCosts["voxcpm-4090"],
  deliver(request, kind) {
    const { input, model, voice, format = "wav", stream = false, streamFormat, speed } = request;
    if (input.trim() === "") return { status: 400, message: "Input text cannot be empty" };
    if (model !== undefined && !kind.models.includes(model))
      return { status: 404, message: `The model \`${model}\` does not exist.`, param: "model" };
    if (unknownVoice(voice, kind))
      return { status: 400, message: `Invalid voice '${voice}'. Supported: ${kind.voices.join(", ")}` };
    const streams = stream || streamFormat !== undefined;
    if (!streams) return { how: "whole", headers: usageHeaders(input) };
    if (notPcm(format))
      return { status: 400, message: `Streaming is only supported for 'pcm' and 'wav' formats, got '${format}'` };
    if (speed !== 1) return { status: 400, message: "Speed adjustment is not supported when streaming" };
    if (streamFormat !== "audio") return { how: "stream", framing: speechEvents({ names: true }) };
    return { how: "stream", framing: format === "wav" ? rawWav(kind.sampleRateHertz) : rawPcm() };
  },
};

function usageHeaders(input: string): Record<string, string> {
  const tokens = String(input.length);
  return {
    "x-vllm-omni-input-tokens": tokens,
    "x-vllm-omni-output-tokens": "0",
    "x-vllm-omni-total-tokens": tokens,
    "x-vllm-omni-input-text-tokens": tokens,
    "x-vllm-omni-input-audio-tokens": "0",
  };
}

/** A version of sglang-omni: `gives` is its format of streamed audio, which changed three times in half a year. */
export function sglangOmni(gives: "wav-events" | "pcm-events" | "pcm"): SpeechKind {
  return {
    about: `sglang-omni, in a version that streams in the format ${gives}`,
    models: ["fishaudio/s2-pro"],
    voices: ["default"],
    // Only the latest version of the server, which streams `pcm`, lists its voices.
    listVoices: gives === "pcm" ? (voices) => ({ voices: voices.map((name) => ({ name })) }) : undefined,
    listModels: openAiList("sglang-omni", 0),
    health: { status: "healthy" },
    errors: errors.sglangErrors,
    web: "uvicorn",
    sampleRateHertz: 44_100,
    blocks: false,
    deaf: gives !== "pcm",
    cost: speechCosts["cosyvoice2-l20"],
    deliver({ input, model, format = "wav", stream = false }, { models, sampleRateHertz }) {
      if (input.trim() === "") return { status: 400, message: "input must be a non-empty string", param: "input" };
      if (model !== undefined && !models.includes(model))
        return { status: 404, message: `The model '${model}' does not exist.`, param: "model" };
      if (!stream) return { how: "whole" };
      if (gives !== "wav-events" && format !== "pcm")
        return { status: 400, message: "stream=true requires response_format='pcm'", param: "response_format" };
      if (gives === "wav-events") return { how: "stream", framing: chunkEvents("speech-1", "wav", sampleRateHertz) };
      if (gives === "pcm-events") return { how: "stream", framing: chunkEvents("speech-1", "pcm", sampleRateHertz) };
      const headers = { "x-sample-rate": `${sampleRateHertz}`, "x-channels": "1", "x-bit-depth": "16" };
      return { how: "stream", framing: rawPcm(), headers, lateHead: true };
    },
  };
}
