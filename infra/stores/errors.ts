/** Why an operation on a store failed, as far as callers have to distinguish the reasons. */
export type StoreFault =
  /** There is no connection: nothing was sent. */
  | "away"
  /**
   * The command was sent but not answered in time, or the connection was cut: it may have been executed, or may still
   * be.
   */
  | "unanswered"
  /**
   * The store answered that it cannot execute the command at present (full, loading its data, read-only, no
   * permission): nothing was done, except for the earlier part of a script.
   */
  | "unable"
  /** The store rejected the command itself: a mistake of ours, or a value of another type under that key. */
  | "rejected";

/**
 * Thrown if an operation on a store failed. The message names the store and quotes the store's own error, but never
 * contains a stored value or a password.
 */
export class StoreError extends Error {
  override name = "StoreError";
  /** Why the operation failed. */
  readonly fault: StoreFault;
  /** The first word of the error that the store sent, such as `NOGROUP`; undefined if the store sent no error. */
  readonly code: string | undefined;

  constructor(fault: StoreFault, message: string, options: { code?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.fault = fault;
    this.code = options.code;
  }
}

/** The error codes of a Redis that cannot serve at present; any other code means that the command was wrong. */
const unableCodes = new Set([
  ...["LOADING", "MASTERDOWN", "READONLY", "NOREPLICAS", "MISCONF", "OOM", "BUSY", "CLUSTERDOWN", "TRYAGAIN"],
  ...["NOAUTH", "WRONGPASS", "NOPERM"],
]);

/**
 * Converts an error of a Redis command to a StoreError, with the original error as its cause; `at` names the server,
 * and `reason` says why there is no connection. Errors of Redis and ioredis are recognized by `name`; every plain Error
 * counts as one of ioredis. Any other error is returned unchanged.
 */
export function toStoreError(error: unknown, at: string, reason: string | undefined): unknown {
  if (!(error instanceof Error) || !ofClient.has(error.name)) return error;
  const cause = withoutArguments(error);
  if (isReply(error)) {
    const code = replyCode(error);
    const fault = unableCodes.has(code) ? "unable" : "rejected";
    return new StoreError(fault, `${at} refused a command: ${cause.message}`, { code, cause });
  }
  if (isNotSent(error)) return away(at, reason, cause);
  return new StoreError("unanswered", `${at} did not answer, but may have carried out the command: ${error.message}`, {
    cause,
  });
}

/** Makes the error of an operation for which there was no connection: `at` names the server, `reason` says why. */
export function away(at: string, reason = "the connection is not ready yet", cause?: unknown): StoreError {
  return new StoreError("away", `${at} is unreachable, so nothing was sent: ${reason}`, { cause });
}

// The names of the errors that ioredis throws: `Error` for its own, and those of the package redis-errors.
const ofClient = new Set(["Error", "ReplyError", "AbortError", "MaxRetriesPerRequestError", "ParserError"]);

/** Whether a command was not sent because there was no connection. */
export function isNotSent(error: Error): boolean {
  return error.message.startsWith("Stream isn't writeable");
}

/** Whether the error is Redis's own answer to a command, and not an error of the client or the connection. */
export function isReply(error: Error): boolean {
  return error.name === "ReplyError";
}

/** The code of an error that the server sent: the first word of the error's message. */
export function replyCode(error: Error): string {
  return /^[A-Z]+/.exec(error.message)?.[0] ?? "ERR";
}

/**
 * Removes the command's arguments from an error: ioredis attaches them, and Redis repeats them for an unknown command.
 * They may be a password, or what a user said, and loggers write all fields of an error.
 */
export function withoutArguments(error: Error): Error {
  Reflect.deleteProperty(error, "command");
  for (const field of ["message", "stack"] as const)
    error[field] = (error[field] ?? "").replace(/, with args beginning with:.*/g, "");
  return error;
}
