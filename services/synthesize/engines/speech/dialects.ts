// Servers of /v1/audio/speech agree on the route, on `model`, `input`, `voice` and `response_format`, and on little else. What
// differs is told here, a row each, by what their sources and documentation say; nothing else in this folder knows their names.

/** How a server wants to be spoken with. */
export interface Dialect {
  /** What is added to a request so that audio comes as it is made; undefined: it makes whole files alone. */
  readonly stream: Readonly<Record<string, unknown>> | undefined;
  /** What is added for a whole file. */
  readonly whole: Readonly<Record<string, unknown>>;
  /** Samples a second of samples without a header, where no header of the answer tells; undefined: what was asked for (`sample_rate`). */
  readonly sampleRateHertz: number | undefined;
  /** Requests that it works on at once; undefined: it depends on its model and card, and is learnt. */
  readonly slots: number | undefined;
  /**
   * Whether it stops for a client that leaves; else its answer is read to its end, since it is not free before. `samples`: only where it
   * sends samples, as it did not yet when it sent events.
   */
  readonly stops: boolean | "samples";
  /** Fields that it takes. `speed`: also while it streams, or only for whole files. */
  readonly takes: {
    readonly speed: "always" | "whole";
    readonly instructions?: boolean;
    /** The field in which it wants the language. */
    readonly language?: string;
    readonly seed?: boolean;
    readonly sampleRate?: boolean;
  };
  /** The voice to ask for where it lists none and the operator names none. */
  readonly usualVoice: string;
}

/** Servers by the name that the setting takes. */
export const dialects = {
  // docs/serving/speech_api.md. A WAV header tells the model's rate; `stream` alone would give events.
  "vllm-omni": {
    stream: { stream: true, stream_format: "audio", response_format: "wav" },
    whole: { response_format: "wav" },
    sampleRateHertz: 24_000,
    slots: undefined,
    stops: true,
    takes: { speed: "whole", instructions: true, language: "language", seed: true },
    usualVoice: "default",
  },
  // serve/openai_api.py. Its stream changed three times: events of WAV files, events of samples, samples under headers that tell
  // the rate. All are read, by what comes; the first two worked on for a client that had left.
  "sglang-omni": {
    stream: { stream: true, response_format: "pcm" },
    whole: { response_format: "wav" },
    sampleRateHertz: 44_100,
    slots: undefined,
    stops: "samples",
    takes: { speed: "whole", instructions: true, language: "language", seed: true },
    usualVoice: "default",
  },
  // api/src/routers/openai_compatible.py: 24 kHz always. It streams by sentence, and blocks its event loop for each.
  "kokoro-fastapi": {
    stream: { stream: true, response_format: "pcm" },
    whole: { stream: false, response_format: "wav" },
    sampleRateHertz: 24_000,
    slots: 1,
    stops: true,
    takes: { speed: "always", language: "lang_code" },
    usualVoice: "af_heart",
  },
  // core/http/endpoints/localai/tts.go: `stream` gives a WAV file in pieces; the work ends when it ends.
  localai: {
    stream: { stream: true, response_format: "wav" },
    whole: { response_format: "wav" },
    sampleRateHertz: 24_000,
    slots: 1,
    stops: false,
    takes: { speed: "always", language: "language" },
    usualVoice: "",
  },
  // src/speaches/routers/speech.py: it streams always, and resamples to what is asked for.
  speaches: {
    stream: { stream_format: "audio", response_format: "pcm" },
    whole: { response_format: "wav" },
    sampleRateHertz: undefined,
    slots: 1,
    stops: true,
    takes: { speed: "always", sampleRate: true },
    usualVoice: "af_heart",
  },
  // speech.py: what ffmpeg makes of Piper's output or XTTS's is passed on; the content type tells the rate.
  "openedai-speech": {
    stream: { response_format: "pcm" },
    whole: { response_format: "wav" },
    sampleRateHertz: 22_050,
    slots: 2,
    stops: false,
    takes: { speed: "always" },
    usualVoice: "alloy",
  },
  // OpenAI's reference, for everything else: a WAV file tells its rate, and may come in pieces.
  openai: {
    stream: { response_format: "wav" },
    whole: { response_format: "wav" },
    sampleRateHertz: 24_000,
    slots: undefined,
    stops: true,
    takes: { speed: "always", instructions: true },
    usualVoice: "alloy",
  },
} as const satisfies Record<string, Dialect>;

/** A server by name. */
export type DialectName = keyof typeof dialects;
