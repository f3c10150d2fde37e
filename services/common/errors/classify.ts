import { ServerError, Status } from "nice-grpc";
import { BadRequest, ErrorInfo, RetryInfo, RichServerError } from "nice-grpc-error-details";
import { EngineError, type EngineFault } from "./engine-error.ts";
import {
  InvalidRequestError,
  NotFoundError,
  OverloadedError,
  UnauthenticatedError,
  UnreadableRequestError,
} from "./request-error.ts";

/**
 * Error details travel in HTTP/2 trailers, which many clients limit to 8 KiB. So at most this many field violations are
 * sent, and a longer message than `maxMessageCharacters` is cut.
 */
const maxViolations = 10;
const maxMessageCharacters = 500;

/** How long callers are told to wait before a retry, if an overloaded engine does not say how long. */
const defaultRetryDelayMs = 1000;

const engineFaults: Record<EngineFault, readonly [Status, string]> = {
  unreachable: [Status.UNAVAILABLE, "ENGINE_UNREACHABLE"],
  overloaded: [Status.RESOURCE_EXHAUSTED, "ENGINE_OVERLOADED"],
  stalled: [Status.DEADLINE_EXCEEDED, "ENGINE_STALLED"],
  silent: [Status.UNAVAILABLE, "ENGINE_SILENT"],
  empty: [Status.UNAVAILABLE, "ENGINE_EMPTY"],
  rejected: [Status.INTERNAL, "ENGINE_REJECTED"],
  unauthorized: [Status.INTERNAL, "ENGINE_UNAUTHORIZED"],
  broken: [Status.UNAVAILABLE, "ENGINE_BROKEN"],
  misshapen: [Status.INTERNAL, "ENGINE_OUTPUT_INVALID"],
};

/** The codes of socket errors that mean that the peer does not exist or has gone away. */
const unreachableCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_SOCKET",
]);

/** The codes of an HTTP client's errors that mean that a response took too long. */
const timeoutCodes = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/**
 * Converts anything thrown within a call to the gRPC status for the caller, with `google.rpc` details. `signal` is the
 * call's own: once it has aborted, every error becomes CANCELLED. An unknown error becomes INTERNAL without its
 * message, which could contain a user's text.
 */
export function toServerError(error: unknown, signal?: AbortSignal): ServerError {
  if (signal?.aborted) return cancelled();
  const chain = [...causes(error)];
  for (const cause of chain) {
    const known = classify(cause);
    if (known !== undefined) return known;
  }
  // AbortError is checked last, since a timer stopped by a timeout also throws it, with the timeout error as `cause`.
  return chain.some((cause) => named(cause, "AbortError"))
    ? cancelled()
    : rich(Status.INTERNAL, "INTERNAL", "internal error: see the service's log");
}

function classify(error: object): ServerError | undefined {
  if (error instanceof ServerError) return error;
  if (error instanceof InvalidRequestError) {
    const fieldViolations = error.violations.slice(0, maxViolations).map((violation) => ({ ...violation }));
    return rich(Status.INVALID_ARGUMENT, "INVALID_REQUEST", error.message, BadRequest.fromPartial({ fieldViolations }));
  }
  if (error instanceof UnreadableRequestError)
    return rich(Status.INVALID_ARGUMENT, "UNREADABLE_REQUEST", error.message);
  if (error instanceof UnauthenticatedError) return rich(Status.UNAUTHENTICATED, "UNAUTHENTICATED", error.message);
  if (error instanceof NotFoundError) return rich(Status.NOT_FOUND, "NOT_FOUND", error.message);
  if (error instanceof OverloadedError) return refused(error);
  if (error instanceof EngineError) {
    const [status, reason] = engineFaults[error.fault];
    const delayMs = error.retryDelayMs ?? (error.fault === "overloaded" ? defaultRetryDelayMs : undefined);
    return rich(status, reason, error.message, ...(delayMs === undefined ? [] : [retryAfter(delayMs)]));
  }
  if (named(error, "TimeoutError") || timeoutCodes.has(codeOf(error)))
    return rich(Status.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the time limit of the call was reached");
  if (unreachableCodes.has(codeOf(error)))
    return rich(Status.UNAVAILABLE, "UNREACHABLE", `a peer cannot be reached (${codeOf(error)})`);
  return undefined;
}

/** The error and its causes, outermost first; an AggregateError counts as caused by each of its errors. */
function* causes(error: unknown, depth = 0): Generator<object> {
  if (typeof error !== "object" || error === null || depth > 8) return;
  yield error;
  if ("errors" in error && Array.isArray(error.errors))
    for (const inner of error.errors) yield* causes(inner, depth + 1);
  if ("cause" in error) yield* causes(error.cause, depth + 1);
}

function named(error: object, name: string): boolean {
  return (error as { name?: unknown }).name === name;
}

function codeOf(error: object): string {
  return String((error as { code?: unknown }).code);
}

function cancelled(): ServerError {
  return rich(Status.CANCELLED, "CANCELLED", "the call was cancelled");
}

function retryAfter(delayMs: number): RetryInfo {
  const seconds = Math.floor(delayMs / 1000);
  return RetryInfo.fromPartial({ retryDelay: { seconds, nanos: Math.round((delayMs - seconds * 1000) * 1e6) } });
}

function refused({ message, retryDelayMs, because }: OverloadedError): ServerError {
  const info = ErrorInfo.fromPartial({ reason: "OVERLOADED", domain: "duet", metadata: { cause: because } });
  return new RichServerError(Status.RESOURCE_EXHAUSTED, message, [info, retryAfter(retryDelayMs)]);
}

function rich(status: Status, reason: string, message: string, ...details: (BadRequest | RetryInfo)[]): ServerError {
  const text = message.length > maxMessageCharacters ? `${message.slice(0, maxMessageCharacters)}…` : message;
  return new RichServerError(status, text, [ErrorInfo.fromPartial({ reason, domain: "duet" }), ...details]);
}
