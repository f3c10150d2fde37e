import type { JsonObject } from "@bufbuild/protobuf";
import { z } from "zod";
import { Failure, type FieldViolation, invalidRequest } from "../../errors.ts";

/** The body of `POST /chat`. */
export const chatBody = z.strictObject({
  text: z.string(),
  user_id: z.union([z.string(), z.int().transform(String)]).optional(),
  voice_style: z.string().optional(),
  language: z.string().optional(),
  profile: z.string().optional(),
  session_id: z.string().optional(),
  format: z.enum(["wav", "mp3", "ogg"]).optional(),
});

/** The body of `POST /jobs`. */
export const jobBody = chatBody.omit({ session_id: true }).extend({ request_id: z.string().optional() });

/** Validates a body. Throws INVALID_ARGUMENT with a message that names every invalid field, but quotes no values. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Failure("INVALID_ARGUMENT", "INVALID_TYPE", 'the body must be a JSON object, such as {"text": "Hello"}');
  throw invalidRequest(
    read.error.issues.slice(0, 10).flatMap((issue): FieldViolation[] => {
      if (issue.code === "unrecognized_keys")
        return issue.keys.slice(0, 10).map((field) => ({
          field: field.slice(0, 64),
          reason: "UNKNOWN_FIELD",
          description: "is not a field of this request: leave it out",
        }));
      const field = String(issue.path[0] ?? "body");
      const isMissing = !Object.hasOwn(body, field);
      const description =
        field === "format" ? "must be wav, mp3 or ogg" : isMissing ? "is required" : "must be a string";
      return [{ field, reason: isMissing ? "REQUIRED" : "WRONG_TYPE", description }];
    }),
  );
}

const encodings = { wav: "OUTPUT_ENCODING_WAV", mp3: "OUTPUT_ENCODING_MP3", ogg: "OUTPUT_ENCODING_OGG_OPUS" };

/** Converts a body to ChatRequest. The voice is called `voice_style` here; `default` means the default voice. */
export function toChatRequest(body: z.infer<typeof chatBody>): JsonObject {
  const { text, user_id = "", voice_style = "", language = "", profile = "", session_id = "", format } = body;
  return {
    text,
    userId: user_id,
    voice: voice_style === "default" ? "" : voice_style,
    language,
    profile,
    sessionId: session_id,
    ...(format && { output: { encoding: encodings[format] } }),
  };
}

/** The four fields of an answer of the plain API, taken from a ChatResponse. */
export function toAnswer({ userId, text, audio }: Chat): JsonObject {
  return { user_id: userId, text_reply: text, audio_url: audio.url, duration_ms: audio.durationMs };
}

/** The fields of a ChatResponse, as JSON, from which the plain API's answers are made. */
export interface Chat {
  readonly userId: string;
  readonly text: string;
  readonly audio: { readonly url: string; readonly durationMs: number };
}

/** The fields of a Job, as JSON, from which the plain API's jobs are made. */
export interface JobJson {
  readonly jobId: string;
  readonly state: string;
  readonly attempts: number;
  readonly result?: Chat;
  readonly error?: { readonly reason: string; readonly message: string };
}

/** A job in the form of the plain API. */
export function toJob({ jobId, state, attempts, result, error }: JobJson): JsonObject {
  return {
    job_id: jobId,
    state: state.replace(/^JOB_STATE_/, "").toLowerCase(),
    attempts,
    ...(result && { result: toAnswer(result) }),
    ...(error && { error: { reason: error.reason, message: error.message } }),
  };
}
