/**
 * All names used in our traces, which occur only in this file: the conventions for generative AI are still changing, so
 * a renamed attribute has to be changed only here. Attributes never contain what users write or hear.
 */

/**
 * OpenTelemetry's attributes for generative AI, status Development, October 2026
 * (github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai). Times are in seconds.
 */
export const genAi = {
  operation: "gen_ai.operation.name",
  provider: "gen_ai.provider.name",
  agent: "gen_ai.agent.name",
  outputType: "gen_ai.output.type",
  requestModel: "gen_ai.request.model",
  maxTokens: "gen_ai.request.max_tokens",
  temperature: "gen_ai.request.temperature",
  topP: "gen_ai.request.top_p",
  stream: "gen_ai.request.stream",
  responseModel: "gen_ai.response.model",
  finishReasons: "gen_ai.response.finish_reasons",
  timeToFirstChunk: "gen_ai.response.time_to_first_chunk",
  inputTokens: "gen_ai.usage.input_tokens",
  outputTokens: "gen_ai.usage.output_tokens",
  cachedTokens: "gen_ai.usage.cache_read.input_tokens",
} as const;

/**
 * Values of `genAi.operation`. `text_to_speech` has been proposed to OpenTelemetry (semantic-conventions-genai, pull
 * request 390) but not merged; `transcribe` is our own.
 */
export const operations = {
  agent: "invoke_agent",
  chat: "chat",
  speech: "text_to_speech",
  transcription: "transcribe",
} as const;

/** OpenTelemetry's attributes for remote calls and for errors (semantic-conventions 1.45, docs/rpc, docs/general). */
export const rpc = {
  system: "rpc.system.name",
  method: "rpc.method",
  status: "rpc.status_code",
  errorType: "error.type",
} as const;

/**
 * The names of Duet's own attributes, mostly about the voice, which no convention covers yet. Times are in seconds,
 * text lengths in code points.
 */
export const duet = {
  turnId: "duet.turn.id",
  /** The `x-request-id` in the model server's log; within a turn, the turn's id. */
  requestId: "duet.request.id",
  /** How the turn ended: `completed`, `interrupted`, `failed`, `refused`, `left`. */
  turnOutcome: "duet.turn.outcome",
  /** The id of a profile in the config. */
  profile: "duet.profile",
  timeToTranscript: "duet.turn.time_to_transcript",
  timeToAdmission: "duet.turn.time_to_admission",
  timeToFirstText: "duet.turn.time_to_first_text",
  timeToFirstAudio: "duet.turn.time_to_first_audio",
  /**
   * The prefix of the attributes that say how long a turn waited in each phase until the first audio. Their sum is
   * `timeToFirstAudio`.
   */
  phase: "duet.turn.phase",
  voice: "duet.speech.voice",
  segment: "duet.speech.segment",
  /** The number of the attempt to speak a text: 0 for the first attempt, 1 for the second, and so on. */
  attempt: "duet.speech.attempt",
  worker: "duet.speech.worker",
  characters: "duet.speech.characters",
  audioDuration: "duet.speech.audio_duration",
  /** How long a text that was ready to be spoken waited for a worker. */
  queueDuration: "duet.speech.queue_duration",
  /** How the attempt to speak a text ended: `done`, `again`, `failed`, `abandoned`. */
  speechOutcome: "duet.speech.outcome",
  /** The duration of a recording. */
  recordingDuration: "duet.recording.duration",
  /** How many seconds of the recording are speech. */
  recordingSpeechDuration: "duet.recording.speech_duration",
  /** How long a recording waited for a free slot of a recognizer. */
  recordingQueueDuration: "duet.recording.queue_duration",
  /** What became of the recording: `words`, `wordless`, `silent`, `failed`, `left`. */
  recordingOutcome: "duet.recording.outcome",
} as const;

/** A duration in seconds, rounded to a tenth of a millisecond: anything finer is noise. */
export function toSeconds(ms: number): number {
  return Math.round(ms * 10) / 10_000;
}

/** The names under which the listener's player, which sends no spans itself, appears in traces. */
export const listener = { service: "duet-listener", span: "first sound" } as const;

/** The agent's name in traces. */
export const agentName = "duet";
