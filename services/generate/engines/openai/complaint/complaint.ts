/** An error of a model server, converted to one form from whichever format the server used. */
export interface Complaint {
  /** The HTTP status, or its equivalent inside a stream. */
  readonly status: number;
  /** The server's name for the kind of error; empty if the server gives none. */
  readonly type: string;
  /** The request parameter at fault; empty if the server names none. */
  readonly param: string;
  /** The server's message; empty if there is none. The message may quote a user: see `tellWords`. */
  readonly message: string;
  /** All other numbers in the error, such as llama.cpp's `n_ctx`. */
  readonly numbers: Readonly<Record<string, number>>;
}

/**
 * A model server refused a request, or abandoned an answer, with an error of its own. Callers never see a Refusal:
 * `toError` makes the error that is thrown to them.
 */
export class Refusal extends Error {
  override name = "Refusal";
  readonly complaint: Complaint;
  /** How long the server asks clients to wait before they retry; undefined if it does not say. */
  readonly retryDelayMs: number | undefined;

  constructor(complaint: Complaint, retryDelayMs?: number) {
    super(`the model server answered with an error (${complaint.status})`);
    this.complaint = complaint;
    this.retryDelayMs = retryDelayMs;
  }
}

/**
 * Parses the body of an HTTP error: `{"error": …}`, FastAPI's `{"detail": …}`, SGLang's error object without a wrapper,
 * plain text, or an empty body.
 */
export function readComplaint(status: number, body: string): Complaint {
  const parsed = parse(body);
  if (parsed === undefined) return complaintOf(isPage(body) ? undefined : body.trim(), status);
  return complaintOf(errorIn(parsed) ?? (Array.isArray(parsed) ? undefined : parsed), status);
}

/** The error that an object contains, or the object itself if it is an error; undefined if there is no error. */
export function errorIn(value: unknown): unknown {
  const { error, detail, object, choices } = fieldsOf(value);
  if (error) return error;
  if (object === "error") return value;
  // A body with choices is an answer, not an error.
  return choices === undefined ? (detail ?? undefined) : undefined;
}

/**
 * Parses the `error` of a body or event: an object, FastAPI's list or a string. `status` is used if the error contains
 * no status of its own.
 */
export function complaintOf(error: unknown, status: number): Complaint {
  if (typeof error === "string") return { status, type: "", param: "", message: error, numbers: {} };
  if (Array.isArray(error)) return complaintOfList(error, status);
  const fields = fieldsOf(error);
  const { code, type, param, message } = fields;
  const own = Number(code);
  return {
    status: own >= 400 && own <= 599 ? own : status,
    // OpenAI puts the more specific error type into `code`, where other servers put the HTTP status.
    type: (Number.isNaN(own) && textOf(code)) || textOf(type),
    param: textOf(param),
    message: textOf(message) || textOf(fields.msg) || textOf(fields.detail),
    numbers: Object.fromEntries(
      Object.entries(fields).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
    ),
  };
}

/** Parses the first of FastAPI's errors: `[{"loc": ["body", "x"], "msg": "…"}]`. Leaves out the quoted input. */
function complaintOfList(errors: readonly unknown[], status: number): Complaint {
  const { loc, msg, type } = fieldsOf(errors[0]);
  const param = Array.isArray(loc) ? loc.join(".") : "";
  return { status, type: textOf(type), param, message: [param, textOf(msg)].filter(Boolean).join(": "), numbers: {} };
}

/**
 * Whether a 404 means that the path is unknown, not that the model is missing; decided by the wording of FastAPI,
 * llama.cpp and plain web servers.
 */
export function isMissingPath({ message }: Complaint): boolean {
  return message === "" || /^(404 )?(file |page )?not found$/i.test(message);
}

/** Whether a body looks like an HTML page, from a proxy or another program: it begins with `<`. */
export function isPage(body: string): boolean {
  return /^\s*</.test(body);
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
