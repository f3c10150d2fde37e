/** An invalid field of a request. */
export interface FieldViolation {
  /** The field's path in the proto: `messages[2].content`. */
  readonly field: string;
  /** What is wrong with the field and what to send instead; never quotes the field's value. */
  readonly description: string;
}

/** A request is invalid: the caller has to change it. */
export class InvalidRequestError extends Error {
  override name = "InvalidRequestError";
  /** What is wrong with the request: at least one violation. */
  readonly violations: readonly FieldViolation[];

  constructor(...violations: FieldViolation[]) {
    super(violations.map(({ field, description }) => `${field}: ${description}`).join("; "));
    this.violations = violations;
  }
}

/** Thrown if a request cannot be parsed as a message of its type. */
export class UnreadableRequestError extends Error {
  override name = "UnreadableRequestError";

  constructor() {
    super("the request is not a valid message of its type: check how it is encoded");
  }
}

/** A request names something that does not exist. The message says what, and how to list what does exist. */
export class NotFoundError extends Error {
  override name = "NotFoundError";
}

/** This service is overloaded and refuses a request. */
export class OverloadedError extends Error {
  override name = "OverloadedError";
  /** How long the caller should wait before a retry. */
  readonly retryDelayMs: number;
  /** Why the request is refused: one of a fixed set of words, sent as `cause` in the metadata of ErrorInfo. */
  readonly because: string;

  constructor(message: string, retryDelayMs: number, because = "capacity") {
    super(message);
    this.retryDelayMs = retryDelayMs;
    this.because = because;
  }
}

/** The caller is not authenticated. The message names the setting to change. */
export class UnauthenticatedError extends Error {
  override name = "UnauthenticatedError";
}
