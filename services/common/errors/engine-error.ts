/** What an engine did wrong, as far as the difference matters to a caller. */
export type EngineFault =
  /** It refused the connection, or the socket was cut before the first byte of an answer. */
  | "unreachable"
  /** It answered that it has too much to do (429, 503). */
  | "overloaded"
  /** It was silent for longer than its limit. */
  | "stalled"
  /** It is known to be silent, and was not asked. */
  | "silent"
  /** It answered to the end, without a word. */
  | "empty"
  /** It did not accept our own request (4xx): our fault. */
  | "rejected"
  /** It did not accept our credentials: the operator's fault. */
  | "unauthorized"
  /** It failed while answering: an error inside the stream, an abort, a stream cut or ended without its end. */
  | "broken"
  /** It answered to the end, in another shape than it was held to. */
  | "misshapen";

/** An engine did not do its work. The message names the engine and what it said, never what a user wrote. */
export class EngineError extends Error {
  override name = "EngineError";
  /** What it did. */
  readonly fault: EngineFault;
  /** How long to wait before another try, if the engine said so. */
  readonly retryDelayMs: number | undefined;
  /** What the log is told besides: the engine's own words, a setting. No caller sees it. */
  readonly forLog: string | undefined;
  /** Of `unreachable`: no connection came about, so that it has seen nothing of the request. */
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
