import { z } from "zod";
import type { Heard } from "../../../ears/ears.ts";
import { noEars } from "../../../ears/failures.ts";
import { readRecording } from "../../../ears/recording/read.ts";
import { transcribe } from "../../../ears/transcribe.ts";
import { Failure } from "../../../errors.ts";
import { InputEncoding } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import { badParam } from "../errors.ts";
import { languageTag, optional, readBody, textOfAtMost } from "../read.ts";
import type { Asked, Reply } from "../reply.ts";
import { sseData } from "../sse.ts";
import type { OpenAiTools } from "../tools.ts";

/** The model names that clients may send; all of them mean the recognizer that is in use. */
const hearingModels = ["duet", "whisper-1", "gpt-4o-transcribe", "gpt-4o-mini-transcribe"];
// The longest prompt, in characters. OpenAI's models read only the last 224 tokens of a prompt.
const mostPromptCharacters = 1_000;

/** The fields that are read from the form of `POST /v1/audio/transcriptions`. */
export const transcriptionBody = z.object({
  file: z.instanceof(Uint8Array, { error: "must be a file with the recording" }),
  model: z.string(),
  language: optional(languageTag),
  prompt: optional(textOfAtMost(mostPromptCharacters)),
  response_format: optional(
    z.enum(["json", "text", "verbose_json"], {
      error: "must be one of json, text, verbose_json: other formats are not supported",
    }),
  ),
  stream: optional(z.enum(["true", "false"])),
  "timestamp_granularities[]": optional(
    z.enum(["segment"], { error: "must be segment: word timestamps are not available" }),
  ),
  profile: optional(z.string()),
});

/**
 * Answers `POST /v1/audio/transcriptions` like the RPC Transcribe, but in the requested format. The text is checked
 * against the recording before any of the text is sent, so a stream brings all of it at once.
 */
export async function createTranscription({ call, body: sent }: Asked, tools: OpenAiTools): Promise<Reply> {
  const asked = readBody(transcriptionBody, sent);
  if (tools.ears === undefined) throw noEars();
  if (!hearingModels.includes(asked.model) && asked.model !== tools.ears.model) throw unknownModel();
  const { language = "", prompt: terms = "", profile = "", response_format: format = "json" } = asked;
  const heard = await aboutFile(async () => {
    const audio = { data: asked.file, encoding: InputEncoding.UNSPECIFIED, sampleRateHertz: 0 };
    const recording = await readRecording(audio);
    return transcribe(call, recording, { language, terms, profile }, { ...tools, turns: tools.turn.turns });
  });
  if (asked.stream === "true") return { contentType: "text/event-stream", stream: toEvents(heard) };
  if (format === "text") return { contentType: "text/plain; charset=utf-8", stream: lineOf(heard.text) };
  const { text } = heard;
  return { json: format === "json" ? { text, usage: usageOf(heard) } : toVerbose(heard) };
}

function toVerbose(heard: Heard) {
  const { text, language } = heard;
  const duration = (heard.durationMs ?? 0) / 1000;
  return { task: "transcribe", language: nameOf(language), duration, text, usage: usageOf(heard) };
}

/** Usage by duration in seconds, as in OpenAI's API. */
function usageOf({ durationMs = 0 }: Heard) {
  return { type: "duration", seconds: Math.ceil(durationMs / 1000) };
}

async function* toEvents(heard: Heard): AsyncGenerator<Uint8Array> {
  const { text } = heard;
  if (text !== "") yield sseData({ type: "transcript.text.delta", delta: text });
  yield sseData({ type: "transcript.text.done", text, usage: usageOf(heard) });
}

async function* lineOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${text}\n`);
}

const names = new Intl.DisplayNames("en", { type: "language" });

/** The English name of a language: OpenAI's API states languages by name. */
function nameOf(language: string): string {
  return language === "" ? "" : (names.of(language.split("-")[0] as string) ?? language).toLowerCase();
}

/** Runs work on the recording. If the work finds the recording invalid, the error names the field as this API does. */
async function aboutFile<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const field = error instanceof Failure ? error.details.fields?.[0] : undefined;
    throw field?.field.startsWith("audio") ? badParam("file", field.description, "INVALID_FILE", field.reason) : error;
  }
}

function unknownModel(): Failure {
  return new Failure(
    "NOT_FOUND",
    "MODEL_NOT_FOUND",
    "there is no such model for transcription: use duet or whisper-1",
    {
      fields: [{ field: "model", reason: "UNKNOWN_VALUE", description: "is not served here" }],
    },
  );
}
