import type { ErrorSaid } from "./errors.ts";

/** The fields of a request that at least one of the servers reads. */
export interface SpeechRequest {
  readonly model: string | undefined;
  readonly input: string;
  readonly voice: string | undefined;
  readonly format: string | undefined;
  readonly stream: boolean | undefined;
  readonly streamFormat: string | undefined;
  readonly speed: number;
  readonly sampleRateHertz: number | undefined;
  /** The maximum length of the audio, in the server's tokens. */
  readonly maxNewTokens: number | undefined;
}

/** The error for an invalid body; `missing` names the required field that the body lacks. */
export interface Unreadable extends ErrorSaid {
  readonly missing?: string;
}

/** Parses a body; returns an error if it is not a JSON object, or lacks a required field. */
export function readSpeechRequest(body: unknown): SpeechRequest | Unreadable {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return { status: 422, message: "Input should be a valid dictionary" };
  const fields = body as Record<string, unknown>;
  const { input } = fields;
  if (typeof input !== "string") return { status: 422, message: "Field required", param: "input", missing: "input" };
  const text = (name: string) => (typeof fields[name] === "string" ? (fields[name] as string) : undefined);
  const number = (name: string) => (typeof fields[name] === "number" ? (fields[name] as number) : undefined);
  return {
    model: text("model"),
    input,
    voice: text("voice"),
    format: text("response_format"),
    stream: typeof fields.stream === "boolean" ? fields.stream : undefined,
    streamFormat: text("stream_format"),
    speed: number("speed") ?? 1,
    sampleRateHertz: number("sample_rate"),
    maxNewTokens: number("max_new_tokens"),
  };
}
