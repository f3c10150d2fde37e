/**
 * Every name that a trace of ours uses, in this file alone: the conventions for generative AI are still being shaped, and a
 * name that moves is then mended once. Nothing here ever holds what users write or hear.
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

/** Values of `genAi.operation`. `text_to_speech` is proposed there (pull request 390), not merged; `transcribe` is our own. */
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

/** Our own, for what no convention names yet: the voice. Times are in seconds, counts of text in code points. */
export const duet = {
  turnId: "duet.turn.id",
  /** The `x-request-id` that the model server's log names; a turn's id, if a turn asked. */
  requestId: "duet.request.id",
  /** `completed`, `interrupted`, `failed`, `refused`, `left`. */
  turnOutcome: "duet.turn.outcome",
  /** The id of a profile of the config. */
  profile: "duet.profile",
  timeToTranscript: "duet.turn.time_to_transcript",
  timeToAdmission: "duet.turn.time_to_admission",
  timeToFirstText: "duet.turn.time_to_first_text",
  timeToFirstAudio: "duet.turn.time_to_first_audio",
  /** What it waited for until the first audio: a table of attributes that begin so, one for each phase of the ledger. Together they are the line above. */
  phase: "duet.turn.phase",
  voice: "duet.speech.voice",
  segment: "duet.speech.segment",
  /** 0, or 1 when it is spoken once more. */
  attempt: "duet.speech.attempt",
  worker: "duet.speech.worker",
  characters: "duet.speech.characters",
  audioDuration: "duet.speech.audio_duration",
  /** From when its text could be spoken until a worker took it. */
  queueDuration: "duet.speech.queue_duration",
  /** `done`, `again`, `failed`, `abandoned`. */
  speechOutcome: "duet.speech.outcome",
  /** How long a recording is that somebody spoke. */
  recordingDuration: "duet.recording.duration",
  /** How much of it is speech. */
  recordingSpeechDuration: "duet.recording.speech_duration",
  /** Until a recognizer had a place for it. */
  recordingQueueDuration: "duet.recording.queue_duration",
  /** `words`, `wordless`, `silent`, `failed`, `left`. */
  recordingOutcome: "duet.recording.outcome",
} as const;

/** A duration as attributes tell it, to a tenth of a millisecond: finer is noise. */
export function toSeconds(ms: number): number {
  return Math.round(ms * 10) / 10_000;
}

/** Who listens, as traces know them: the player, which sends no spans itself. */
export const listener = { service: "duet-listener", span: "first sound" } as const;

/** The agent's name, as traces know it. */
export const agentName = "duet";
