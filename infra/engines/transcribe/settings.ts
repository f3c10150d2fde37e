import { choice, flag, httpUrls, language, name, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** How recognizers of speech are reached: `transcribe` in duet.yaml. */
export const transcribeSettings = {
  url: optional(
    httpUrls,
    "Recognizers of speech: servers of OpenAI's /v1/audio/transcriptions, comma-separated, without /v1: vLLM with Whisper or Qwen3-ASR, speaches, FunASR, LocalAI, SGLang; whisper.cpp too, and FunASR's WebSocket, whose ws:// is written as http:// and wss:// as https://. Unset: no recordings are taken.",
  ),
  apiKey: optional(secret(), "Sent to them as a bearer token."),
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
    "What answers there: at which path, and what it takes. auto: told by its model. whisper.cpp has to be named, as its path is another, and so has funasr-ws, FunASR's runtime at port 10095.",
  ),
  model: optional(name, "The model to ask for. Unset: the first in the server's list that transcribes."),
  language: optional(
    language,
    "The language that is spoken where a request and its profile do not say, as a BCP 47 tag. Unset: the recognizer tells, which takes short Chinese for Korean now and then.",
  ),
  timeoutMs: setting(
    whole(100, 600_000),
    10_000,
    "How long a recognizer may take for one recording. 10 s: twenty times what Whisper takes on a card; on a processor set it higher.",
  ),
  maxAtOnce: setting(
    whole(1, 1_000),
    8,
    "How many recordings each recognizer is given at once; twice as many wait, more are refused. 8: what one card writes down within half a second. whisper.cpp takes one at a time, and so does FunASR's WebSocket server in Python, which closes one connection for another.",
  ),
  stream: setting(
    flag,
    false,
    "1: words are asked for as they are written, where the server can: a proxy that cuts what is silent lets a slow one finish. They are used once they are whole.",
  ),
};
