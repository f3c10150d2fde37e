import { faultOf } from "../../../common/engine/faults.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { InvalidRequestError } from "../../../common/errors/request-error.ts";

/** What a model server says went wrong, in whichever shape it said it. */
export interface Complaint {
  /** The HTTP status, or the number that stands for one inside a stream. */
  readonly status: number;
  /** The server's name for the kind of error; empty if it gave none. */
  readonly type: string;
  /** The parameter that it blames; empty if none. */
  readonly param: string;
  /** Its own words; empty if none. Could quote a user: see `wordsOf`. */
  readonly message: string;
}

const maxWords = 300;

/** Reads the body of an HTTP error: `{"error": …}`, FastAPI's `{"detail": …}`, a proxy's HTML, or nothing. */
export function readComplaint(status: number, body: string): Complaint {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    parsed = undefined;
  }
  const { error, detail } = fieldsOf(parsed);
  return complaintOf(error ?? detail, status);
}

/** Reads the `error` of a body or of an event: an object or a string. `status` is used if it holds no code of its own. */
export function complaintOf(error: unknown, status: number): Complaint {
  if (typeof error === "string") return { status, type: "", param: "", message: error };
  const { code, type, param, message } = fieldsOf(error);
  const own = Number(code);
  return {
    status: own >= 400 && own <= 599 ? own : status,
    // OpenAI puts the finer name into `code`, where others have the status.
    type: (Number.isNaN(own) && textOf(code)) || textOf(type),
    param: textOf(param),
    message: textOf(message),
  };
}

/**
 * The error to throw for a complaint. A prompt that is too long for the model is the caller's to mend; everything else
 * is the engine's, the operator's or our own.
 */
export function toError(complaint: Complaint): Error {
  const { status, type } = complaint;
  const said = [status, type, wordsOf(complaint)].filter((part) => part !== "").join(", ");
  const field = tooLong(complaint);
  if (field !== undefined)
    return new InvalidRequestError({ field, description: `more than the model's context holds (${said}): send less` });
  switch (faultOf(status)) {
    case "unauthorized":
      return new EngineError("unauthorized", `the model server refused our key (${said}): check DUET_VLLM_API_KEY`);
    case "overloaded":
      return new EngineError("overloaded", `the model server has too much to do (${said})`);
    case "stalled":
      return new EngineError("stalled", `a proxy gave up waiting for the model server (${said})`);
    case "rejected":
      return new EngineError("rejected", `the model server did not accept our request (${said})`);
    default:
      return new EngineError("broken", `the model server failed (${said})`);
  }
}

/** True if a 404 speaks of the path: FastAPI, llama.cpp and plain web servers. What else is missing is the model. */
export function isMissingPath({ message }: Complaint): boolean {
  return message === "" || /^(file )?not found$/i.test(message);
}

/** Which field of ours is too large: as vLLM, llama.cpp and OpenAI say it. */
function tooLong({ status, type, param }: Complaint): string | undefined {
  if (status !== 400 && status !== 413) return undefined;
  if (param === "max_tokens") return "max_tokens";
  const told = ["exceed_context_size_error", "context_length_exceeded"].includes(type);
  return told || param === "input_tokens" || param === "input_text" ? "messages" : undefined;
}

/**
 * The server's words, where they speak of a parameter, a model or its own state. Elsewhere they could quote the request, as
 * pydantic's validation errors do, and nothing is passed on.
 */
function wordsOf({ status, param, message }: Complaint): string {
  const harmless = [401, 403, 404, 429, 503].includes(status) || (/^[a-z_]+$/.test(param) && param !== "messages");
  if (!harmless) return "";
  // vLLM repeats the parameter and its value at the end.
  const words = message.replace(/\s+/g, " ").replace(/ \(parameter=.*\)$/, "");
  return words.length > maxWords ? `${words.slice(0, maxWords)}…` : words;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
