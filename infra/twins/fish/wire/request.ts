import type { FishMode } from "../modes.ts";
import type { FieldFault } from "./error-body.ts";
import type { RequestBody } from "./request-body.ts";

/** The fields of a TTS request that affect the answer, with defaults filled in. */
export interface TtsRequest {
  text: string;
  format: string;
  streaming: boolean;
  /** The id of a reference voice; null: the voice of the request's recordings, or a random voice without recordings. */
  referenceId: string | null;
  /** Recordings of the voice to imitate; used if the request names no reference voice. */
  references: readonly { audio: Uint8Array; text: string }[];
  /** A length in UTF-8 bytes. Fish-Speech 1.4 and 1.5 split longer texts; S2 joins dialogue turns up to this length. */
  chunkLength: number;
  /** The maximum number of frames per segment; 0 is no limit. */
  maxNewTokens: number;
}

type Body = Record<string, unknown>;
interface Recording {
  audio: Uint8Array | string;
  text: string;
}

/** Validates a body against Fish-Speech's schema: reports all errors at once, in the order of its fields. */
export function readTtsRequest(
  { value: body, json }: RequestBody,
  mode: FishMode,
): { request: TtsRequest } | { faults: FieldFault[] } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const msg = "Input should be a valid dictionary or instance of ServeTTSRequest";
    return { faults: [{ type: "model_type", loc: [], msg, input: body, ctx: { class_name: "ServeTTSRequest" } }] };
  }
  const fields = body as Body;
  const faults = checks(mode).flatMap(({ name, check }) => {
    const value = fields[name];
    const fault = value === undefined ? undefined : check(value);
    return fault === undefined ? [] : [{ loc: [name], input: value, ...fault }];
  });
  if (fields.text === undefined) faults.unshift({ type: "missing", loc: ["text"], msg: "Field required", input: body });
  // Python's order of an error's fields: type, location, message, value.
  if (faults.length > 0)
    return { faults: faults.map(({ type, loc, msg, input, ctx }) => ({ type, loc, msg, input, ...(ctx && { ctx }) })) };
  return {
    request: {
      text: fields.text as string,
      format: (fields.format as string | undefined) ?? "wav",
      streaming: fields.streaming === true || fields.streaming === "true",
      referenceId: (fields.reference_id as string | null | undefined) ?? null,
      references: ((fields.references as Recording[] | undefined) ?? []).map(({ audio, text }) => ({
        audio: bytesOf(audio, json && mode.base64References),
        text,
      })),
      chunkLength: Number(fields.chunk_length ?? 200),
      maxNewTokens: Number(fields.max_new_tokens ?? 1024),
    },
  };
}

type Check = (value: unknown) => Pick<FieldFault, "type" | "msg" | "ctx"> | undefined;

function checks(mode: FishMode): { name: string; check: Check }[] {
  return [
    { name: "text", check: aString },
    { name: "chunk_length", check: aWhole },
    { name: "format", check: oneOf(mode.formats) },
    ...(mode.latencies.length > 0 ? [{ name: "latency", check: oneOf(mode.latencies) }] : []),
    { name: "references", check: recordings },
    { name: "reference_id", check: (value) => (value === null ? undefined : aString(value)) },
    { name: "seed", check: (value) => (value === null ? undefined : aWhole(value)) },
    { name: "use_memory_cache", check: oneOf(mode.memoryCache) },
    { name: "normalize", check: aFlag },
    { name: "streaming", check: aFlag },
    { name: "max_new_tokens", check: aWhole },
    { name: "top_p", check: decimal(0.1, 1) },
    { name: "repetition_penalty", check: decimal(0.9, 2) },
    { name: "temperature", check: decimal(0.1, 1) },
  ];
}

const aString: Check = (value) =>
  typeof value === "string" ? undefined : { type: "string_type", msg: "Input should be a valid string" };

const recordings: Check = (value) => {
  if (!Array.isArray(value)) return { type: "list_type", msg: "Input should be a valid list" };
  const isWhole = (item: Partial<Recording> | null) =>
    typeof item?.text === "string" && (typeof item.audio === "string" || item.audio instanceof Uint8Array);
  return value.every(isWhole) ? undefined : { type: "missing", msg: "Field required" };
};

/** The bytes of a recording. As in the real server, a string of at most 255 characters is never parsed as base64. */
function bytesOf(audio: Uint8Array | string, base64: boolean): Uint8Array {
  if (typeof audio !== "string") return audio;
  return Buffer.from(audio, base64 && audio.length > 255 ? "base64" : "utf8");
}

const aFlag: Check = (value) =>
  typeof value === "boolean" || value === "true" || value === "false"
    ? undefined
    : { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" };

/** A check for an integer as lenient as pydantic's: accepts a number in a string, but not a fraction. */
const aWhole: Check = (value) => {
  if (typeof value === "number" && !Number.isInteger(value))
    return {
      type: "int_from_float",
      msg: "Input should be a valid integer, got a number with a fractional part",
    };
  if (typeof value === "number" || (typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value))) return undefined;
  return typeof value === "string"
    ? { type: "int_parsing", msg: "Input should be a valid integer, unable to parse string as an integer" }
    : { type: "int_type", msg: "Input should be a valid integer" };
};

/** A strict check for a number: does not accept a number in a string. */
function decimal(least: number, most: number): Check {
  return (value) => {
    if (typeof value !== "number") return { type: "float_type", msg: "Input should be a valid number" };
    if (value < least)
      return {
        type: "greater_than_equal",
        msg: `Input should be greater than or equal to ${least}`,
        ctx: { ge: least },
      };
    if (value > most)
      return { type: "less_than_equal", msg: `Input should be less than or equal to ${most}`, ctx: { le: most } };
    return undefined;
  };
}

function oneOf(values: readonly string[]): Check {
  const quoted = values.map((value) => `'${value}'`);
  const expected = `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
  return (value) =>
    values.includes(value as string)
      ? undefined
      : { type: "literal_error", msg: `Input should be ${expected}`, ctx: { expected } };
}
