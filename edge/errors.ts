import type { MessageInitShape } from "@bufbuild/protobuf";
import type { TurnErrorSchema } from "./gen/duet/assistant/v1/assistant_pb.ts";

/** The codes of gRPC, and the numbers by which they travel. */
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

/** A code as gRPC writes it, such as `NOT_FOUND`. */
export type Code = keyof typeof codeNumbers;

const codesByNumber = new Map(Object.entries(codeNumbers).map(([code, number]) => [number as number, code as Code]));

/** The code of a number; `UNKNOWN` for a number that gRPC does not know, as its rules ask. */
export function codeOfNumber(number: number): Code {
  return codesByNumber.get(number) ?? "UNKNOWN";
}

/** One field that is wrong. */
export interface FieldViolation {
  /** Its path in the request, such as `history[2].content`. */
  readonly field: string;
  /** What is wrong and what would be right; never what the user wrote. */
  readonly description: string;
  /** What kind of fault it is: a constant for programs. */
  readonly reason: FieldFault;
}

/** How a field can be wrong. */
export type FieldFault =
  /** It must be given. */
  | "REQUIRED"
  /** It is longer, or more of them, than may be. */
  | "TOO_LONG"
  | "TOO_MANY"
  /** A number that is outside of its range. */
  | "OUT_OF_RANGE"
  /** It is not of the form that it must have. */
  | "INVALID_FORMAT"
  /** JSON of another type than the field's. */
  | "WRONG_TYPE"
  /** None of the words that it may be. */
  | "UNKNOWN_VALUE"
  /** The message has no such field. */
  | "UNKNOWN_FIELD"
  /** A text without a letter or digit. */
  | "NOT_SPEAKABLE"
  /** It may not be given, or not together with another. */
  | "NOT_ALLOWED";

/** A limit that is reached. */
export interface QuotaViolation {
  /** Whose limit it is, such as `tenant acme`. */
  readonly subject: string;
  /** Which it is, such as `60 requests a minute`. */
  readonly description: string;
}

/** A detail of a service's status: a protobuf message by its type's full name, in bytes. */
export interface StatusDetail {
  readonly type: string;
  readonly value: Uint8Array;
}

/** What is known of a failure besides its code, reason and message. */
export interface FailureDetails {
  /** Fields of the caller's request that are wrong. */
  readonly fields?: readonly FieldViolation[];
  /** Trying again after this long, in milliseconds, may work. */
  readonly retryDelayMs?: number | undefined;
  /** Limits of the caller that are reached. */
  readonly quota?: readonly QuotaViolation[];
  /** What the message says in numbers and names, for programs: the metadata of `ErrorInfo`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** The message for people who run the deployment, where it says more: addresses, settings, files. Default: the message. */
  readonly inFull?: string;
  /** If a service said it: all that it said besides, which reaches the caller as it came. */
  readonly said?: readonly StatusDetail[];
  /** What was caught; for the log alone. */
  readonly cause?: unknown;
}

/** The one error of the edge that its callers understand: everything else that is thrown in it is a fault of its own. */
export class Failure extends Error {
  override name = "Failure";
  /** What kind of failure it is. */
  readonly code: Code;
  /** A constant for programs, such as `TURN_NOT_FOUND`. */
  readonly reason: string;
  /** What else is known of it. */
  readonly details: FailureDetails;

  /**
   * `message` is a sentence for any caller: it names what is wrong and the remedy, never what a user wrote, and no address, setting or file
   * of the deployment. What people who run it must know besides stands in `details.inFull`.
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

/** A request that names these fields wrongly. */
export function invalidRequest(fields: readonly FieldViolation[]): Failure {
  const message = fields.map(({ field, description }) => `${field}: ${description}`).join("; ");
  const metadata = { fields: fields.map(({ field }) => field).join(",") };
  return new Failure("INVALID_ARGUMENT", "INVALID_REQUEST", message, { fields, metadata });
}

// Another process behind the same address takes over about this fast.
const drainingRetryDelayMs = 500;

/**
 * The one place where the edge decides what a caught value means to its caller. If the turn was stopped from outside, that is
 * the reason and not what broke because of it. What is not a Failure is our own fault, and its words stay in the log.
 */
export function classify(error: unknown, stopped?: "deadline" | "interrupted" | "slow" | "superseded"): Failure {
  if (stopped === "deadline")
    return new Failure("DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED", "the caller's deadline has passed: allow more time");
  if (stopped === "slow")
    return new Failure(
      "DEADLINE_EXCEEDED",
      "CLIENT_TOO_SLOW",
      "nothing of the answer was read for a while, so its voice was given to others: read the stream as it arrives",
    );
  if (stopped === "interrupted")
    return new Failure("UNAVAILABLE", "DRAINING", "this process is about to stop: call again", {
      retryDelayMs: drainingRetryDelayMs,
    });
  if (stopped === "superseded")
    return new Failure("ABORTED", "SUPERSEDED", "another turn of this session has begun: only the last one goes on");
  if (error instanceof Failure) return error;
  return new Failure("INTERNAL", "INTERNAL", "the edge failed: its log says why", { cause: error });
}

/** A failure as `finished` carries it. */
export type TurnErrorInit = MessageInitShape<typeof TurnErrorSchema>;

/** Turns a failure into what `finished` carries; `inFull` for callers who run the deployment. */
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

/** What was caught, for the log. */
export function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
