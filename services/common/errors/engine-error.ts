/** What went wrong with an engine, as far as it makes a difference to a caller. */
export type EngineFault =
  /** It refused the connection, or the socket was cut before the first byte of an answer. */
  | "unreachable"
  /** It answered that it is overloaded (429, 503). */
  | "overloaded"
  /** It was silent for longer than allowed. */
  | "stalled"
  /** It is known to be silent, so it was not asked. */
  | "silent"
  /** It completed its answer without any text. */
  | "empty"
  /** It rejected our request (4xx): our own fault. */
  | "rejected"
  /** It rejected our credentials: the operator's fault. */
  | "unauthorized"
  /** It failed while answering: an error within the stream, an abort, or a stream that was cut off. */
  | "broken"
  /** Its answer was complete, but not of the required shape. */
  | "misshapen";

/** An engine failed. The message names the engine and what it said, never what a user wrote. */
export class EngineError extends Error {
  override name = "EngineError";
  /** The kind of fault. */
  readonly fault: EngineFault;
  /** How long to wait before a retry, if the engine said so. */
  readonly retryDelayMs: number | undefined;
  /** Additional information for the log: the engine's own words, a setting. Callers do not see it. */
  readonly forLog: string | undefined;
  /** With `unreachable`: whether no connection was established, so that the engine has not seen the request. */
  readonly unsent: boolean;

  constructor(
    fault: EngineFault,
    message: string,
    options: {
      retryDelayMs?: number | undefined;
      forLog?: string | undefined;
      unsent?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.fault = fault;
    this.retryDelayMs = options.retryDelayMs;
    this.forLog = options.forLog;
    this.unsent = options.unsent ?? false;
  }
}
