/** What a recognizer did wrong, as far as the difference matters to a caller. */
export type EarsFault =
  /** It refused the connection, or the socket was cut before the first byte of an answer. */
  | "unreachable"
  /** It answered that it has too much to do (429, 503). */
  | "overloaded"
  /** It took longer than it may. */
  | "stalled"
  /** It did not accept our own request (4xx). */
  | "rejected"
  /** It did not accept our credentials. */
  | "unauthorized"
  /** It failed: a 5xx status, an error inside a response, or a response that cannot be read. */
  | "broken";

/** A recognizer did not do its work. The message is for the log: it never says what was spoken, or what was written. */
export class EarsError extends Error {
  override name = "EarsError";
  readonly fault: EarsFault;
  /** How long to wait before another try, in milliseconds, if it said so. */
  readonly retryDelayMs: number | undefined;
  /** The status of its answer, if it gave one. */
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

/** What an HTTP status other than success says of a recognizer. */
export function faultOf(status: number): EarsFault {
  return faults[status] ?? (status >= 400 && status < 500 ? "rejected" : "broken");
}
