import type { MessageInitShape } from "@bufbuild/protobuf";
import type { TurnErrorSchema } from "./gen/duet/assistant/v1/assistant_pb.ts";

/** The gRPC status codes, with their numbers on the wire. */
export const codeNumbers = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

/** A gRPC status code by name, such as `NOT_FOUND`. */
export type Code = keyof typeof codeNumbers;

const codesByNumber = new Map(Object.entries(codeNumbers).map(([code, number]) => [number as number, code as Code]));

/** The code with a number; `UNKNOWN` for a number that gRPC does not define, as its specification requires. */
export function codeOfNumber(number: number): Code {
  return codesByNumber.get(number) ?? "UNKNOWN";
}

/** One invalid field. */
export interface FieldViolation {
  /** The path of the invalid field in the request, such as `history[2].content`. */
  readonly field: string;
  /** What is wrong and what would be valid; never what the user wrote. */
  readonly description: string;
  /** The kind of fault, as a constant for programs. */
  readonly reason: FieldFault;
}

/** How a field can be wrong. */
export type FieldFault =
  /** The field is required. */
  | "REQUIRED"
  /** The field is too long, or has too many items. */
  | "TOO_LONG"
  | "TOO_MANY"
  /** The number is outside the field's range. */
  | "OUT_OF_RANGE"
  /** The field does not have the required format. */
  | "INVALID_FORMAT"
  /** The JSON value has a different type than the field. */
  | "WRONG_TYPE"
  /** The value is not one of those that are allowed. */
  | "UNKNOWN_VALUE"
  /** The message has no such field. */
  | "UNKNOWN_FIELD"
  /** The text contains no letter or digit, so nothing of it can be spoken. */
  | "NOT_SPEAKABLE"
  /** The field is not allowed, or not in combination with another field. */
  | "NOT_ALLOWED";

/** A limit that has been reached. */
export interface QuotaViolation {
  /** Whose limit it is, such as `tenant acme`. */
  readonly subject: string;
  /** Which limit, such as `60 requests a minute`. */
  readonly description: string;
}

/** A detail of a service's status: a serialized protobuf message and its full type name. */
export interface StatusDetail {
  readonly type: string;
  readonly value: Uint8Array;
}

/** What is known of a failure besides its code, reason and message. */
export interface FailureDetails {
  /** Invalid fields of the caller's request. */
  readonly fields?: readonly FieldViolation[];
  /** How long the caller should wait before a retry, in milliseconds; undefined: unknown. */
  readonly retryDelayMs?: number | undefined;
  /** Limits of the caller that have been reached. */
  readonly quota?: readonly QuotaViolation[];
  /** The numbers and names in the message, for programs: the metadata of `ErrorInfo`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /**
   * The message for people who run the deployment, if it says more than the message for callers: addresses, settings,
   * files. Default: both are the same.
   */
  readonly inFull?: string;
  /** Further details from the service that reported the failure; they are passed on to the caller unchanged. */
  readonly said?: readonly StatusDetail[];
  /** The caught error; for the log only. */
  readonly cause?: unknown;
}

/** The only kind of error whose message callers see: anything else that is thrown is reported as an internal fault. */
export class Failure extends Error {
  override name = "Failure";
  /** The gRPC status code. */
  readonly code: Code;
  /** A constant for programs, such as `TURN_NOT_FOUND`. */
  readonly reason: string;
  /** Optional details of the failure, such as the invalid fields or a retry delay. */
  readonly details: FailureDetails;

  /**
   * `message` is a sentence for any caller: it says what is wrong and how to fix it, but never what a user wrote, nor
   * an address, setting or file of the deployment. Such details, for people who run it, go into `details.inFull`.
   */
  constructor(code: Code, reason: string, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** The message for the log, and for callers who run the deployment. */
  get inFull(): string {
    return this.details.inFull ?? this.message;
  }
}

/** An invalid request, with the fields at fault. */
export function invalidRequest(fields: readonly FieldViolation[]): Failure {
  const message = fields.map(({ field, description }) => `${field}: ${description}`).join("; ");
  const metadata = { fields: fields.map(({ field }) => field).join(",") };
  return new Failure("INVALID_ARGUMENT", "INVALID_REQUEST", message, { fields, metadata });
}

// How long callers are told to wait when this process shuts down: within about this time another process behind the
// same address takes over.
const drainingRetryDelayMs = 500;

/**
 * The only place in the edge that decides what a caller is told about a caught error. `stopped` is given if the turn
 * was stopped from outside: the caller is then told about the stop, whatever error it caused. Any other error that is
 * not a Failure is our own fault, and its message stays in the log.
 */
export function classify(error: unknown, stopped?: "deadline" | "interrupted" | "slow" | "superseded"): Failure {
  if (stopped === "deadline")
    return new Failure("DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED", "the caller's deadline has passed: allow more time");
  if (stopped === "slow")
    return new Failure(
      "DEADLINE_EXCEEDED",
      "CLIENT_TOO_SLOW",
      "the answer was not read for a while, so its speech was stopped: read the stream as it arrives",
    );
  if (stopped === "interrupted")
    return new Failure("UNAVAILABLE", "DRAINING", "this process is shutting down: call again", {
      retryDelayMs: drainingRetryDelayMs,
    });
  if (stopped === "superseded")
    return new Failure(
      "ABORTED",
      "SUPERSEDED",
      "another turn of this session has begun: only the latest turn of a session goes on",
    );
  if (error instanceof Failure) return error;
  return new Failure("INTERNAL", "INTERNAL", "internal error of the edge: see its log", { cause: error });
}

/** A failure as the `finished` event carries it. */
export type TurnErrorInit = MessageInitShape<typeof TurnErrorSchema>;

/**
 * Converts a failure to the form that `finished` carries. With `inFull`, it has the message for callers who run the
 * deployment.
 */
export function toTurnError(failure: Failure, inFull: boolean): TurnErrorInit {
  const { code, reason, details } = failure;
  const { retryDelayMs } = details;
  return {
    code: codeNumbers[code],
    reason,
    message: inFull ? failure.inFull : failure.message,
    ...(retryDelayMs !== undefined && { retryDelayMs: Math.round(retryDelayMs) }),
  };
}

/** Describes a caught error for the log. */
export function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
