import { createRegistry, fromBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { durationFromMs, durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import type { TurnErrorSchema } from "./gen/duet/assistant/v1/assistant_pb.ts";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  file_google_rpc_error_details,
  RetryInfoSchema,
} from "./wellknown/gen/google/rpc/error_details_pb.ts";

// The domain of every ErrorInfo of this system.
const domain = "duet";
const detailTypes = createRegistry(file_google_rpc_error_details);

/** One field that is wrong. */
export interface FieldViolation {
  /** Its path in the request, such as `history[2].content`. */
  readonly field: string;
  /** What is wrong and what would be right; never what the user wrote. */
  readonly description: string;
}

/** What programs need to know of a failure besides its code. */
export interface FailureDetails {
  /** Fields of the request that are wrong. */
  readonly fields?: readonly FieldViolation[];
  /** Trying again after this long, in milliseconds, may work. */
  readonly retryDelayMs?: number;
  /** What was caught; for the log alone. */
  readonly cause?: unknown;
}

/** A failure with a code, a constant reason for programs, and a sentence that names what is wrong and the remedy. */
export function failure(code: Code, reason: string, message: string, details: FailureDetails = {}): ConnectError {
  const error = new ConnectError(message, code, undefined, undefined, details.cause);
  error.details.push({ desc: ErrorInfoSchema, value: { reason, domain } });
  if (details.fields !== undefined)
    error.details.push({ desc: BadRequestSchema, value: { fieldViolations: [...details.fields] } });
  if (details.retryDelayMs !== undefined)
    error.details.push({ desc: RetryInfoSchema, value: { retryDelay: durationFromMs(details.retryDelayMs) } });
  return error;
}

/** A request that names these fields wrongly. */
export function invalidRequest(fields: readonly FieldViolation[]): ConnectError {
  const message = fields.map(({ field, description }) => `${field}: ${description}`).join("; ");
  return failure(Code.InvalidArgument, "INVALID_REQUEST", message, { fields });
}

/**
 * The one place where the edge decides what a caught value means to its caller. If the turn was stopped from outside, that is
 * the reason and not what broke because of it. What a service said passes through with its details; everything else that
 * was not made by `failure` is our own fault.
 */
export function classify(error: unknown, stopped?: "deadline" | "interrupted"): ConnectError {
  if (stopped === "deadline")
    return failure(Code.DeadlineExceeded, "DEADLINE_EXCEEDED", "the caller's deadline has passed: allow more time");
  if (stopped === "interrupted")
    return failure(Code.Unavailable, "DRAINING", "this process is about to stop: call again");
  if (error instanceof ConnectError) {
    error.details = error.details.map(readDetail);
    return error;
  }
  return failure(Code.Internal, "INTERNAL", "the edge failed: its log says why", { cause: error });
}

// A detail that came over the wire is bytes: read, it can be written as JSON too.
function readDetail(detail: ConnectError["details"][number]): ConnectError["details"][number] {
  const desc = "type" in detail ? detailTypes.getMessage(detail.type) : undefined;
  return desc !== undefined && "value" in detail && detail.value instanceof Uint8Array
    ? { desc, value: fromBinary(desc, detail.value) }
    : detail;
}

/** A failure as `finished` carries it. */
export type TurnErrorInit = MessageInitShape<typeof TurnErrorSchema>;

/** Turns a failure into what `finished` carries. */
export function toTurnError(error: ConnectError): TurnErrorInit {
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return {
    code: error.code,
    reason: error.findDetails(ErrorInfoSchema)[0]?.reason ?? codeName(error.code),
    message: error.rawMessage,
    ...(delay && { retryDelayMs: Math.round(durationMs(delay)) }),
  };
}

/** What was caught, for the log. */
export function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

/** A code as gRPC writes it, such as `NOT_FOUND`. */
export function codeName(code: Code): string {
  return Code[code]
    .replace(/(?<=[a-z])(?=[A-Z])/g, "_")
    .toUpperCase()
    .replace("CANCELED", "CANCELLED");
}

/** The same stream, except that what it throws is changed. */
export async function* mapError<T>(source: AsyncIterable<T>, explain: (error: unknown) => unknown): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw explain(error);
  }
}
