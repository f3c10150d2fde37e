import { speechCosts } from "../../../cost/cost.ts";
import * as errors from "../wire/errors.ts";
import { rawPcm, rawWav, speechEvents } from "../wire/framing.ts";
import { openAiList, type SpeechKind, unknownVoice } from "./kind.ts";

const kokoroVoices = ["af_heart", "am_adam", "bf_emma", "zf_xiaoxiao", "zm_yunxi"];

/** Kokoro-FastAPI 0.3, as it behaves according to its source file api/src/routers/openai_compatible.py. */
export const kokoroFastApi: SpeechKind = {
  about: "Kokoro-FastAPI: serves one request at a time and answers no other meanwhile; streams sentence by sentence",
  models: ["tts-1", "tts-1-hd", "kokoro", "gpt-4o-mini-tts"],
  voices: kokoroVoices,
  listVoices: (voices) => ({ voices: voices.map((name) => ({ id: name, name })) }),
  listModels: openAiList("kokoro", 1686935002),
  health: { status: "healthy" },
  errors: errors.kokoroErrors,
  web: "uvicorn",
  sampleRateHertz: 24_000,
  blocks: true,
  deaf: false,
  cost: speechCosts["kokoro-gpu"],
  deliver({ model = "kokoro", voice, format = "mp3", stream = true }, kind) {
    if (!kind.models.includes(model)) return { status: 400, message: `Unsupported model: ${model}`, param: "model" };
    if (unknownVoice(voice, kind))
      return {
        status: 400,
        message: `Voice '${voice}' not found. Available voices: ${[...kind.voices].sort().join(", ")}`,
      };
    const headers = { "content-disposition": `attachment; filename=speech.${format}`, "cache-control": "no-cache" };
    if (!stream) return { how: "whole", headers };
    const framing = format === "wav" ? rawWav(kind.sampleRateHertz) : rawPcm();
    return { how: "stream", framing, headers: { ...headers, "x-accel-buffering": "no" } };
  },
};

/** LocalAI 3, as it behaves according to its source file core/http/endpoints/localai/tts.go. */
export const localAi: SpeechKind = {
  about: "LocalAI: serves one request at a time; sends a WAV file, in pieces if stream is true; lists no voices",
  models: ["tts-1"],
  voices: [],
  listVoices: undefined,
  listModels: (models) => ({ object: "list", data: models.map((id) => ({ id, object: "model" })) }),
  health: "OK",
  errors: errors.localAiErrors,
  web: "go",
  sampleRateHertz: 22_050,
  blocks: false,
  deaf: true,
  cost: speechCosts["kokoro-gpu"],
  deliver({ model, stream = false }, { models, sampleRateHertz }) {
    if (model === undefined || !models.includes(model)) return { status: 400, message: "Bad Request" };
    if (!stream) return { how: "whole", headers: { "Content-Disposition": 'attachment; filename="tts.wav"' } };
    return {
      how: "stream",
      framing: rawWav(sampleRateHertz),
      headers: { "Cache-Control": "no-cache" },
      lateHead: true,
    };
  },
};

/** speaches 0.9, as it behaves according to its source file src/speaches/routers/speech.py. */
export const speaches: SpeechKind = {
  about: "speaches: serves one request at a time; sends audio at the requested rate, and events with stream_format sse",
  models: ["speaches-ai/Kokoro-82M-v1.0-ONNX"],
  voices: kokoroVoices,
  listVoices: (voices) => ({
    voices: voices.map((name) => ({ name, language: name.startsWith("z") ? "zh" : "en", gender: "female" })),
    object: "list",
  }),
  listModels: (models) => ({
    data: models.map((id) => ({
      ...{ id, created: 0, object: "model", owned_by: "speaches-ai", language: ["multilingual"] },
      ...{ task: "text-to-speech", sample_rate: 24_000 },
    })),
    object: "list",
  }),
  health: "OK",
  errors: errors.fastApiErrors,
  web: "uvicorn",
  sampleRateHertz: 24_000,
  blocks: false,
  deaf: false,
  cost: speechCosts["kokoro-gpu"],
  deliver({ model, voice, format = "mp3", streamFormat = "audio", speed, sampleRateHertz = 24_000 }, kind) {
    if (model === undefined || !kind.models.includes(model))
      return {
        status: 404,
        message: `Model '${model}' is not installed locally. You can download the model using \`POST /v1/models\``,
      };
    if (unknownVoice(voice, kind)) return { status: 422, message: `Voice '${voice}' is not supported` };
    if (speed < 0.5 || speed > 2) return { status: 422, message: `speed must be between 0.5 and 2.0, got ${speed}` };
    if (streamFormat === "sse") return { how: "stream", framing: speechEvents({ names: false }) };
    const framing = format === "wav" ? rawWav(sampleRateHertz) : rawPcm();
    return { how: "stream", framing, sampleRateHertz };
  },
};

/** openedai-speech 0.18, as it behaves according to its source file speech.py. */
export const openedAiSpeech: SpeechKind = {
  about: "openedai-speech: Piper or XTTS behind ffmpeg; lists no voices",
  models: ["tts-1", "tts-1-hd"],
  voices: [],
  listVoices: undefined,
  listModels: (models) => ({
    object: "list",
    data: models.map((id) => ({ id, object: "model", created: 0, owned_by: "user" })),
  }),
  health: { status: "ok" },
  errors: errors.flatErrors,
  web: "uvicorn",
  sampleRateHertz: 22_050,
  blocks: false,
  deaf: true,
  cost: speechCosts["kokoro-gpu"],
  deliver({ input, model = "tts-1", format = "mp3" }, { models, sampleRateHertz }) {
    if (input === "") return { status: 400, message: "Empty Input", param: "input" };
    if (!models.includes(model))
      return { status: 400, message: "No such model, must be tts-1 or tts-1-hd.", param: "model" };
    return {
      how: "stream",
      framing: format === "wav" ? rawWav(sampleRateHertz) : rawPcm(`audio/pcm;rate=${sampleRateHertz}`),
    };
  },
};
