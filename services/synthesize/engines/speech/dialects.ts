// Servers of /v1/audio/speech agree on the path, on `model`, `input`, `voice` and `response_format`, and on little
// else. The differences are listed here, one entry per server, according to its source code and documentation; nothing
// else in this folder refers to servers by name.

/** How a server expects requests. */
export interface Dialect {
  /**
   * Fields added to a request so that audio is streamed as it is made; undefined if the server only makes complete
   * files.
   */
  readonly stream: Readonly<Record<string, unknown>> | undefined;
  /** Fields added to a request for a complete file. */
  readonly whole: Readonly<Record<string, unknown>>;
  /**
   * The sample rate of samples without a header, if the response does not reveal it; undefined: the requested rate
   * (`sample_rate`).
   */
  readonly sampleRateHertz: number | undefined;
  /** How many requests the server handles at once; undefined: this depends on model and GPU, and is learned. */
  readonly slots: number | undefined;
  /**
   * Whether the server stops work when a client disconnects; otherwise its response is read to the end, since the
   * server is busy until then. `samples`: versions that stream samples stop; earlier ones, which stream events, do not.
   */
  readonly stops: boolean | "samples";
  /** Optional fields that the server accepts: `speed` either always, or only for complete files (`whole`). */
  readonly takes: {
    readonly speed: "always" | "whole";
    readonly instructions?: boolean;
    /** The name of the field for the language, if the server has such a field. */
    readonly language?: string;
    readonly seed?: boolean;
    readonly sampleRate?: boolean;
  };
  /** The voice to use if the server lists none and the operator names none. */
  readonly usualVoice: string;
}

/** The dialect of each kind of server, by the value of DUET_SPEECH_SERVER that names this kind. */
export const dialects = {
  // Source: docs/serving/speech_api.md. A WAV header gives the model's sample rate; without `stream_format`, events are
  // sent.
  "vllm-omni": {
    stream: { stream: true, stream_format: "audio", response_format: "wav" },
    whole: { response_format: "wav" },
    sampleRateHertz: 24_000,
    slots: undefined,
    stops: true,
    takes: { speed: "whole", instructions: true, language: "language", seed: true },
    usualVoice: "default",
  },
  // SGLang-Omni's serve/openai_api.py has had three stream formats, oldest first: events with WAV files, events with
  // samples, and samples with HTTP headers that give the rate. They are told apart by their contents. With the first
  // two, the server keeps working after a client has disconnected.
  "sglang-omni": {
    stream: { stream: true, response_format: "pcm" },
    whole: { response_format: "wav" },
    sampleRateHertz: 44_100,
    slots: undefined,
    stops: "samples",
    takes: { speed: "whole", instructions: true, language: "language", seed: true },
    usualVoice: "default",
  },
  // api/src/routers/openai_compatible.py: always 24 kHz. Streams by sentence, and serves nobody else meanwhile.
  "kokoro-fastapi": {
    stream: { stream: true, response_format: "pcm" },
    whole: { stream: false, response_format: "wav" },
    sampleRateHertz: 24_000,
    slots: 1,
    stops: true,
    takes: { speed: "always", language: "lang_code" },
    usualVoice: "af_heart",
  },
  // core/http/endpoints/localai/tts.go: with `stream`, a WAV file arrives in pieces; a client that disconnects does not
  // stop the work.
  localai: {
    stream: { stream: true, response_format: "wav" },
    whole: { response_format: "wav" },
    sampleRateHertz: 24_000,
    slots: 1,
    stops: false,
    takes: { speed: "always", language: "language" },
    usualVoice: "",
  },
  // speaches (src/speaches/routers/speech.py) always streams, and resamples to the requested rate.
  speaches: {
    stream: { stream_format: "audio", response_format: "pcm" },
    whole: { response_format: "wav" },
    sampleRateHertz: undefined,
    slots: 1,
    stops: true,
    takes: { speed: "always", sampleRate: true },
    usualVoice: "af_heart",
  },
  // openedai-speech (speech.py) passes on what ffmpeg makes of the output of Piper or XTTS; the content type gives the
  // sample rate.
  "openedai-speech": {
    stream: { response_format: "pcm" },
    whole: { response_format: "wav" },
    sampleRateHertz: 22_050,
    slots: 2,
    stops: false,
    takes: { speed: "always" },
    usualVoice: "alloy",
  },
  // All other servers, as in OpenAI's API reference: a WAV file gives its sample rate, and may arrive in pieces.
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

/** The name of a kind of server, as in the setting DUET_SPEECH_SERVER. */
export type DialectName = keyof typeof dialects;
