/** How recognizers differ that all answer a form with a file by its words. */
import type { FileFormat } from "../recording/recording.ts";

/** One kind of recognizer. */
export interface EarsKind {
  /** Where it takes recordings, from the root of its address. */
  readonly path: string;
  /** What is asked for: `verbose_json` where it tells figures of its own besides the words. */
  readonly format: "json" | "verbose_json";
  /** It can be asked for its words as it writes them. */
  readonly streams: boolean;
  /** It writes the script of its prompt: simplified Chinese has to be asked for. */
  readonly followsScript: boolean;
  /** It takes the language; one that does not, tells it by itself. */
  readonly takesLanguage: boolean;
  /** Files that it takes besides WAV. */
  readonly files: readonly FileFormat[];
}

const all = ["ogg", "webm", "mp3", "flac"] as const;

const whisper: EarsKind = {
  path: "/v1/audio/transcriptions",
  format: "verbose_json",
  streams: true,
  followsScript: true,
  takesLanguage: true,
  files: all,
};

/** What `transcribe.kind` may name, besides `auto`. */
export const earsKinds: Readonly<Record<string, EarsKind>> = {
  // vLLM with Whisper: verbose_json is never streamed, and lacks no_speech_prob.
  "vllm-whisper": { ...whisper, files: ["ogg", "mp3", "flac"] },
  // To force a language fails, and it writes Chinese for English then (Qwen3-ASR#71).
  "vllm-qwen3-asr": {
    ...whisper,
    format: "json",
    followsScript: false,
    takesLanguage: false,
    files: ["ogg", "mp3", "flac"],
  },
  speaches: whisper,
  funasr: { ...whisper, format: "json", streams: false, followsScript: false },
  localai: { ...whisper, format: "json", streams: false },
  sglang: { ...whisper, format: "json", streams: false, followsScript: false },
  // Its newer models take json alone, and no WebM of MediaRecorder, which does not say how long it is.
  openai: { ...whisper, format: "json", files: ["ogg", "mp3", "flac"] },
  "whisper-cpp": { ...whisper, path: "/inference", streams: false, files: ["ogg", "mp3", "flac"] },
};

/** The kind that is asked over FunASR's WebSocket instead of by forms. It lists no models, so that it has to be named. */
export const socketKind = "funasr-ws";

/** The kind that a setting names; `auto` is told by the model. */
export function kindOf(named: string, model: string | undefined): EarsKind {
  const known = earsKinds[named];
  if (known !== undefined) return known;
  const name = model ?? "";
  if (/qwen3?-?asr/i.test(name)) return earsKinds["vllm-qwen3-asr"] as EarsKind;
  if (/sensevoice|paraformer|fun-?asr/i.test(name)) return earsKinds.funasr as EarsKind;
  // OpenAI's own models take json alone; its name for the oldest is whisper-1.
  if (/^gpt-|transcribe/i.test(name)) return earsKinds.openai as EarsKind;
  return { ...whisper, format: /whisper/i.test(name) && name !== "whisper-1" ? "verbose_json" : "json" };
}
