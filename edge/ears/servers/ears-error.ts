/** What went wrong with a recognizer. Callers treat each of these faults differently. */
export type EarsFault =
  /** The recognizer refused the connection, or the socket was cut before the first byte of an answer. */
  | "unreachable"
  /** The recognizer answered that it is overloaded (429, 503). */
  | "overloaded"
  /** The recognizer took too long. */
  | "stalled"
  /** The recognizer rejected our request (4xx). */
  | "rejected"
  /** The recognizer rejected our credentials. */
  | "unauthorized"
  /** The recognizer failed: a 5xx status, an error inside a response, or a response that cannot be read. */
  | "broken";

/** A recognizer failed. The message is for the log: it never contains what was spoken or transcribed. */
export class EarsError extends Error {
  override name = "EarsError";
  readonly fault: EarsFault;
  /** How long to wait before a retry, in milliseconds; undefined if the recognizer did not say. */
  readonly retryDelayMs: number | undefined;
  /** The HTTP status of the recognizer's answer; undefined if there was no answer. */
  readonly status: number | undefined;

  constructor(
    fault: EarsFault,
    message: string,
    {
      retryDelayMs,
      status,
      cause,
    }: { readonly retryDelayMs?: number | undefined; readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.fault = fault;
    this.retryDelayMs = retryDelayMs;
    this.status = status;
  }
}

const faults: Readonly<Record<number, EarsFault>> = {
  401: "unauthorized",
  403: "unauthorized",
  408: "stalled",
  504: "stalled",
  429: "overloaded",
  503: "overloaded",
  501: "rejected",
};

/** The fault that an unsuccessful HTTP status of a recognizer stands for. */
export function faultOf(status: number): EarsFault {
  return faults[status] ?? (status >= 400 && status < 500 ? "rejected" : "broken");
}
