/** A kind of recognizer that the stand-in can imitate. */
export interface EarsTwinKind {
  readonly about: string;
  readonly path: string;
  readonly models: readonly string[];
  /** The form of the recognizer's streamed answers; undefined if the recognizer does not stream. */
  readonly stream: "deltas" | "chunks" | undefined;
  readonly formats: readonly string[];
  /** Whether the recognizer runs voice activity detection first, so that silence yields empty text. */
  readonly filters: boolean;
  /** The text that the recognizer hallucinates from silence, if it does not filter silence out. */
  readonly ghost: string;
  /** Whether the server answers requests for the list of its models. */
  readonly lists: boolean;
  /** Whether the server handles only one request at a time. */
  readonly serial: boolean;
  /** How the recognizer names a language: by its code, or in English. */
  readonly names: "code" | "english";
  /**
   * Set if the recognizer is served over FunASR's WebSocket. `whole`: always a single answer. `pauses`: one answer for
   * each part between pauses, none for silence, and one client at a time. Undefined: served over HTTP forms.
   */
  readonly socket?: "whole" | "pauses";
  /** Adds to a transcript the tags that the recognizer's model writes. */
  tags(text: string, language: string): string;
  error(status: number, message: string): object;
}

const plain = (text: string) => text;
const openAiError = (status: number, message: string) => ({
  error: { message, type: status >= 500 ? "server_error" : "invalid_request_error", param: null, code: null },
});
const vllmError = (status: number, message: string) => ({
  error: { message, type: status >= 500 ? "InternalServerError" : "BadRequestError", param: null, code: status },
});
const fastApiError = (_status: number, message: string) => ({ detail: message });
const path = "/v1/audio/transcriptions";
const sense = (text: string, language: string) =>
  `<|${/Chinese/.test(language) ? "zh" : "en"}|><|NEUTRAL|><|Speech|><|withitn|>${text}`;
/** Values for the fields that only matter for recognizers served over HTTP; FunASR is served over a WebSocket. */
const funasr = {
  path: "",
  models: [],
  stream: undefined,
  formats: [],
  filters: true,
  ghost: "",
  lists: false,
  serial: false,
  names: "code",
  error: (_status: number, message: string) => ({ error: message }),
} as const;
const ghost = "谢谢观看";

/** The recognizers, each under the name that selects it with `--kind`. */
export const earsTwinKinds = {
  openai: {
    about: "OpenAI's API as documented",
    path,
    models: ["gpt-4o-transcribe", "whisper-1"],
    stream: "deltas",
    formats: ["json", "text"],
    filters: false,
    ghost: "you",
    lists: true,
    serial: false,
    names: "code",
    tags: plain,
    error: openAiError,
  },
  "vllm-whisper": {
    about: "vLLM with Whisper: segments without no_speech_prob, duration as a string, its own stream format",
    path,
    models: ["openai/whisper-large-v3-turbo"],
    stream: "chunks",
    formats: ["json", "text", "verbose_json"],
    filters: false,
    ghost,
    lists: true,
    serial: false,
    names: "code",
    tags: plain,
    error: vllmError,
  },
  "vllm-qwen3-asr": {
    about: "vLLM with Qwen3-ASR, in versions that leave its tags in the transcript",
    path,
    models: ["Qwen/Qwen3-ASR-1.7B"],
    stream: "chunks",
    formats: ["json", "text"],
    filters: false,
    ghost: "",
    lists: true,
    serial: false,
    names: "code",
    tags: (text, language) => (text === "" ? "language None<asr_text>" : `language ${language}<asr_text>${text}`),
    error: vllmError,
  },
  speaches: {
    about: "speaches: streams as OpenAI does, and filters out silence",
    path,
    models: ["Systran/faster-whisper-large-v3"],
    stream: "deltas",
    formats: ["json", "text", "verbose_json"],
    filters: true,
    ghost: "",
    lists: true,
    serial: false,
    names: "code",
    tags: plain,
    error: fastApiError,
  },
  sensevoice: {
    about: "a SenseVoice server that leaves its tags in the transcript",
    path,
    models: ["SenseVoiceSmall"],
    stream: undefined,
    formats: ["json", "text"],
    filters: false,
    ghost: "<|nospeech|>",
    lists: true,
    serial: false,
    names: "code",
    tags: sense,
    error: fastApiError,
  },
  "whisper-cpp": {
    about:
      "whisper-server of whisper.cpp: its own path, one request at a time, and notes about sounds in the transcript",
    path: "/inference",
    models: [],
    stream: undefined,
    formats: ["json", "text", "verbose_json"],
    filters: false,
    ghost: " [BLANK_AUDIO]\n",
    lists: false,
    serial: true,
    names: "english",
    tags: (text) => ` ${text}\n`,
    error: (_status, message) => ({ error: message }),
  },
  "funasr-ws": { about: "FunASR's runtime in C++, over its WebSocket", ...funasr, socket: "whole", tags: plain },
  "funasr-ws-python": {
    about:
      "FunASR's WebSocket server in Python, with SenseVoice: sends nothing where nobody speaks, serves one client at a time",
    ...{ ...funasr, socket: "pauses", tags: sense },
  },
} as const satisfies Record<string, EarsTwinKind>;

/** The name of a recognizer that can be imitated, as given to `--kind`. */
export type EarsTwinKindName = keyof typeof earsTwinKinds;
