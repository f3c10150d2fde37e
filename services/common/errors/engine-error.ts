/** The kinds of engine failure that callers should treat differently. */
export type EngineFault =
  /** The engine refused the connection, or the socket was cut before the first byte of an answer. */
  | "unreachable"
  /** The engine answered that it is overloaded (429, 503). */
  | "overloaded"
  /** The engine was silent for longer than allowed. */
  | "stalled"
  /** The engine is known not to respond, so the request was not sent. */
  | "silent"
  /** The engine completed its answer without any text. */
  | "empty"
  /** The engine rejected our request (4xx): a fault of this service. */
  | "rejected"
  /** The engine rejected our credentials: the operator's fault. */
  | "unauthorized"
  /** The engine failed while answering: an error within the stream, an abort, or a stream that was cut off. */
  | "broken"
  /** The engine's answer was complete, but not of the required shape. */
  | "misshapen";

/** An engine failed. The message names the engine and what it said, never what a user wrote. */
export class EngineError extends Error {
  override name = "EngineError";
  /** What went wrong; determines the gRPC status that the caller gets. */
  readonly fault: EngineFault;
  /** How long to wait before a retry, in milliseconds, if the engine said how long. */
  readonly retryDelayMs: number | undefined;
  /** Additional information for the log, such as the engine's own message or a setting. Callers do not see it. */
  readonly forLog: string | undefined;
  /** With `unreachable`: whether no connection was established, so that the engine cannot have seen the request. */
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
