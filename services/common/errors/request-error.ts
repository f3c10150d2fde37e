/** One field of a request that is wrong. */
export interface FieldViolation {
  /** Where it is, as in the proto: `messages[2].content`. */
  readonly field: string;
  /** What is wrong and what to send instead; never the value itself. */
  readonly description: string;
}

/** A request cannot be served as it stands: the caller has to change it. */
export class InvalidRequestError extends Error {
  override name = "InvalidRequestError";
  /** What is wrong, at least one. */
  readonly violations: readonly FieldViolation[];

  constructor(...violations: FieldViolation[]) {
    super(violations.map(({ field, description }) => `${field}: ${description}`).join("; "));
    this.violations = violations;
  }
}

/** A request is no message of its type. */
export class UnreadableRequestError extends Error {
  override name = "UnreadableRequestError";

  constructor() {
    super("the request is not a valid message of its type: check how it is encoded");
  }
}

/** A request names something that does not exist. The message says what, and how to learn what does. */
export class NotFoundError extends Error {
  override name = "NotFoundError";
}

/** This service has too much to do to take the request. */
export class OverloadedError extends Error {
  override name = "OverloadedError";
  /** How long a caller does well to wait before it tries again. */
  readonly retryDelayMs: number;
  /** Why, for programs: ErrorInfo's metadata has it as `cause`. */
  readonly because: string;

  constructor(message: string, retryDelayMs: number, because = "capacity") {
    super(message);
    this.retryDelayMs = retryDelayMs;
    this.because = because;
  }
}

/** The caller has not proved that it may call. The message names the setting. */
export class UnauthenticatedError extends Error {
  override name = "UnauthenticatedError";
}
