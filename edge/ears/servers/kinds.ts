/**
 * The kinds of recognizer: all but one take a form with a file and return the transcript, but they differ in details.
 */
import type { FileFormat } from "../recording/recording.ts";

/** One kind of recognizer. */
export interface EarsKind {
  /** The path that takes recordings, relative to the recognizer's base URL. */
  readonly path: string;
  /** The response format to ask for: `verbose_json` if it adds figures, such as probabilities, to the words. */
  readonly format: "json" | "verbose_json";
  /** Whether a recognizer of this kind can stream its words. */
  readonly streams: boolean;
  /**
   * Whether recognizers of this kind write Chinese in the script of their prompt. If so, the prompt sets the script.
   */
  readonly followsScript: boolean;
  /** Whether a request may name the language; otherwise the recognizer detects the language by itself. */
  readonly takesLanguage: boolean;
  /** The file formats that a recognizer of this kind accepts besides WAV. */
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

/** The values of `transcribe.kind`, besides `auto`. */
export const earsKinds: Readonly<Record<string, EarsKind>> = {
  // vLLM with Whisper: verbose_json is never streamed, and lacks no_speech_prob.
  "vllm-whisper": { ...whisper, files: ["ogg", "mp3", "flac"] },
  // No language is sent: the model may write Chinese for English if a language is forced (Qwen3-ASR#71).
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
  // OpenAI's newer models support only json. WebM is left out: WebM files by MediaRecorder do not state their
  // duration, and OpenAI refuses them.
  openai: { ...whisper, format: "json", files: ["ogg", "mp3", "flac"] },
  "whisper-cpp": { ...whisper, path: "/inference", streams: false, files: ["ogg", "mp3", "flac"] },
};

/** The kind for FunASR's WebSocket. A setting must name it: such servers list no models by which to detect them. */
export const socketKind = "funasr-ws";

/** The kind that a setting names; `auto` detects it from the model. */
export function kindOf(named: string, model: string | undefined): EarsKind {
  const known = earsKinds[named];
  if (known !== undefined) return known;
  const name = model ?? "";
  if (/qwen3?-?asr/i.test(name)) return earsKinds["vllm-qwen3-asr"] as EarsKind;
  if (/sensevoice|paraformer|fun-?asr/i.test(name)) return earsKinds.funasr as EarsKind;
  // OpenAI's own models support only `json`. `whisper-1` (below) is OpenAI's name for its oldest model.
  if (/^gpt-|transcribe/i.test(name)) return earsKinds.openai as EarsKind;
  return { ...whisper, format: /whisper/i.test(name) && name !== "whisper-1" ? "verbose_json" : "json" };
}
