import { choice, flag, httpUrls, language, name, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** The settings that say how Duet reaches recognizers of speech: the group `transcribe` in duet.yaml. */
export const transcribeSettings = {
  url: optional(
    httpUrls,
    "Addresses of speech recognizers, comma-separated, without /v1: servers of OpenAI's /v1/audio/transcriptions (vLLM with Whisper or Qwen3-ASR, speaches, FunASR, LocalAI, SGLang), whisper.cpp, or FunASR's WebSocket server (write ws:// as http:// and wss:// as https://). Unset: recordings are not accepted.",
  ),
  apiKey: optional(secret(), "Sent to the servers as a bearer token."),
  kind: setting(
    choice([
      "auto",
      "vllm-whisper",
      "vllm-qwen3-asr",
      "speaches",
      "funasr",
      "funasr-ws",
      "localai",
      "sglang",
      "openai",
      "whisper-cpp",
    ]),
    "auto",
    "Which recognizer it is: recognizers differ in their path and in what they accept. auto: detected from the model. whisper.cpp must be set explicitly, since its path differs, and so must funasr-ws, FunASR's runtime on port 10095.",
  ),
  model: optional(name, "The model to ask for. Unset: the first in the server's list that transcribes."),
  language: optional(
    language,
    "The language of recordings if neither the request nor its profile names one, as a BCP 47 tag. Unset: the recognizer detects it, and sometimes mistakes short Chinese recordings for Korean.",
  ),
  timeoutMs: setting(
    whole(100, 600_000),
    10_000,
    "How long a recognizer may take for one recording. 10 s: twenty times what Whisper takes on a GPU; on a CPU, set it higher.",
  ),
  maxAtOnce: setting(
    whole(1, 1_000),
    8,
    "How many recordings each recognizer is sent at once; twice as many may wait, and more are refused. 8: what one GPU transcribes within half a second. whisper.cpp transcribes one at a time, and so does FunASR's WebSocket server in Python, which closes one connection when another opens.",
  ),
  stream: setting(
    flag,
    false,
    "1: the transcript is streamed if the server supports it, so that a proxy that closes silent connections lets a slow recognizer finish. The transcript is used only once it is complete.",
  ),
};
