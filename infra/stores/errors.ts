/** Why a store did not do what it was told, as far as the difference matters to a caller. */
export type StoreFault =
  /** There is no connection to it: nothing was sent. */
  | "away"
  /** It was told and did not answer in time, or the connection was cut: it may have done it, or may do it yet. */
  | "unanswered"
  /**
   * It answered that it cannot as things stand (full, loading its data, read-only, no permission): nothing was done, save what a
   * script had done before.
   */
  | "unable"
  /** It did not accept what it was told: our own fault, or another kind of value under that key. */
  | "rejected";

/** A store did not do its work. The message names the store and what it said, never a key's value or a password. */
export class StoreError extends Error {
  override name = "StoreError";
  /** What happened. */
  readonly fault: StoreFault;
  /** The first word of the store's own answer, such as `NOGROUP`; undefined where it gave none. */
  readonly code: string | undefined;

  constructor(fault: StoreFault, message: string, options: { code?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.fault = fault;
    this.code = options.code;
  }
}

/** What a Redis says while it cannot serve; all but these is a fault of the command. */
const unableCodes = new Set([
  ...["LOADING", "MASTERDOWN", "READONLY", "NOREPLICAS", "MISCONF", "OOM", "BUSY", "CLUSTERDOWN", "TRYAGAIN"],
  ...["NOAUTH", "WRONGPASS", "NOPERM"],
]);

/**
 * What a Redis command threw, as a StoreError with that as its cause; `at` names the server, `reason` says why there is no
 * connection. An error that has a name of its own, and is none of Redis or its client, comes back as it is; a plain Error
 * is taken for the client's.
 */
export function toStoreError(error: unknown, at: string, reason: string | undefined): unknown {
  if (!(error instanceof Error) || !ofClient.has(error.name)) return error;
  const cause = withoutArguments(error);
  if (isReply(error)) {
    const code = replyCode(error);
    const fault = unableCodes.has(code) ? "unable" : "rejected";
    return new StoreError(fault, `${at} refused: ${cause.message}`, { code, cause });
  }
  if (isNotSent(error)) return away(at, reason, cause);
  return new StoreError("unanswered", `${at} did not answer, and may have obeyed: ${error.message}`, { cause });
}

/** There is no connection to the server at `at`, because of `reason`. */
export function away(at: string, reason = "the connection is not ready yet", cause?: unknown): StoreError {
  return new StoreError("away", `${at} is away, nothing was sent: ${reason}`, { cause });
}

// The names of what ioredis throws: its own are plain errors; those with a name are of redis-errors.
const ofClient = new Set(["Error", "ReplyError", "AbortError", "MaxRetriesPerRequestError", "ParserError"]);

/** Whether a command was not sent, for lack of a connection. */
export function isNotSent(error: Error): boolean {
  return error.message.startsWith("Stream isn't writeable");
}

/** Whether the server itself answered with this error. */
export function isReply(error: Error): boolean {
  return error.name === "ReplyError";
}

/** The first word of an error that the server answered with. */
export function replyCode(error: Error): string {
  return /^[A-Z]+/.exec(error.message)?.[0] ?? "ERR";
}

/**
 * The same error without what the command was given, which ioredis attaches to it and Redis repeats for a command that it does not know:
 * a password, or what a user said. Loggers write all fields of an error.
 */
export function withoutArguments(error: Error): Error {
  Reflect.deleteProperty(error, "command");
  for (const field of ["message", "stack"] as const)
    error[field] = (error[field] ?? "").replace(/, with args beginning with:.*/g, "");
  return error;
}
