/** What a model server says went wrong, in whichever shape it said it. */
export interface Complaint {
  /** The HTTP status, or the number that stands for one inside a stream. */
  readonly status: number;
  /** The server's name for the kind of error; empty if it gave none. */
  readonly type: string;
  /** The parameter that it blames; empty if none. */
  readonly param: string;
  /** Its own words; empty if none. Could quote a user: see `tellWords`. */
  readonly message: string;
  /** All other numbers that it gave, such as llama.cpp's `n_ctx`. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** A model server refused a request, or gave an answer up, in its own words. Stays within this folder: `toError` says what it means. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly complaint: Complaint;
  /** How long it asks to be left alone, if it does. */
  readonly retryDelayMs: number | undefined;

  constructor(complaint: Complaint, retryDelayMs?: number) {
    super(`the model server complained (${complaint.status})`);
    this.complaint = complaint;
    this.retryDelayMs = retryDelayMs;
  }
}

/** Reads the body of an HTTP error: `{"error": …}`, FastAPI's `{"detail": …}`, SGLang's error itself, a plain sentence, or nothing. */
export function readComplaint(status: number, body: string): Complaint {
  const parsed = parse(body);
  if (parsed === undefined) return complaintOf(isPage(body) ? undefined : body.trim(), status);
  return complaintOf(errorIn(parsed) ?? (Array.isArray(parsed) ? undefined : parsed), status);
}

/** The error that an object holds, or is; undefined if it holds none. */
export function errorIn(value: unknown): unknown {
  const { error, detail, object, choices } = fieldsOf(value);
  if (error) return error;
  if (object === "error") return value;
  // Ours to read are answers alone: what has choices complains of nothing.
  return choices === undefined ? (detail ?? undefined) : undefined;
}

/** Reads the `error` of a body or of an event: an object, FastAPI's list or a string. `status` is used if it holds no code of its own. */
export function complaintOf(error: unknown, status: number): Complaint {
  if (typeof error === "string") return { status, type: "", param: "", message: error, numbers: {} };
  if (Array.isArray(error)) return complaintOfList(error, status);
  const fields = fieldsOf(error);
  const { code, type, param, message } = fields;
  const own = Number(code);
  return {
    status: own >= 400 && own <= 599 ? own : status,
    // OpenAI puts the finer name into `code`, where others have the status.
    type: (Number.isNaN(own) && textOf(code)) || textOf(type),
    param: textOf(param),
    message: textOf(message) || textOf(fields.msg) || textOf(fields.detail),
    numbers: Object.fromEntries(
      Object.entries(fields).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
    ),
  };
}

/** FastAPI's `[{"loc": ["body", "x"], "msg": "…"}]`. What it quotes of the input is left where it is. */
function complaintOfList(errors: readonly unknown[], status: number): Complaint {
  const { loc, msg, type } = fieldsOf(errors[0]);
  const param = Array.isArray(loc) ? loc.join(".") : "";
  return { status, type: textOf(type), param, message: [param, textOf(msg)].filter(Boolean).join(": "), numbers: {} };
}

/** True if a 404 speaks of the path: FastAPI, llama.cpp and plain web servers. What else is missing is the model. */
export function isMissingPath({ message }: Complaint): boolean {
  return message === "" || /^(404 )?(file |page )?not found$/i.test(message);
}

/** Whether a body is a web page: a proxy's, or that of another program. */
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
