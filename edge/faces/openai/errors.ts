import { type Code, Failure, type FieldFault } from "../../errors.ts";

/** An error in OpenAI's format: all four keys are always present. */
export interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

/** A failure as an HTTP answer. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

/** How one kind of failure is reported to OpenAI's clients. */
interface Row {
  readonly status: number;
  readonly type: string;
  /** A constant for programs; null: the failure's own reason, in lower case. */
  readonly code: string | null;
  /** Whether a client may retry by itself, provided that no engine has worked on the request. */
  readonly retry: boolean;
}

const badRequest: Row = { status: 400, type: "invalid_request_error", code: null, retry: false };
const serverError: Row = { status: 500, type: "server_error", code: null, retry: false };

const byCode: Readonly<Record<Code, Row>> = {
  INVALID_ARGUMENT: badRequest,
  FAILED_PRECONDITION: badRequest,
  OUT_OF_RANGE: badRequest,
  UNAUTHENTICATED: { status: 401, type: "invalid_request_error", code: "invalid_api_key", retry: false },
  PERMISSION_DENIED: { status: 403, type: "invalid_request_error", code: null, retry: false },
  NOT_FOUND: { status: 404, type: "invalid_request_error", code: null, retry: false },
  ALREADY_EXISTS: { status: 409, type: "invalid_request_error", code: null, retry: false },
  ABORTED: { status: 409, type: "invalid_request_error", code: null, retry: false },
  RESOURCE_EXHAUSTED: { status: 429, type: "rate_limit_error", code: "rate_limit_exceeded", retry: true },
  CANCELLED: { status: 499, type: "server_error", code: null, retry: false },
  UNIMPLEMENTED: { status: 501, type: "server_error", code: null, retry: false },
  UNAVAILABLE: { status: 503, type: "server_error", code: null, retry: true },
  DEADLINE_EXCEEDED: { status: 504, type: "server_error", code: null, retry: false },
  UNKNOWN: serverError,
  INTERNAL: serverError,
  DATA_LOSS: serverError,
};

/** Failures that are reported differently from other failures with the same code. */
const byReason: Readonly<Record<string, Partial<Row>>> = {
  REQUEST_TOO_LARGE: { status: 413, type: "invalid_request_error", code: "request_too_large", retry: false },
  // The quota is per day, so a retry after a second cannot succeed.
  AUDIO_QUOTA_USED: { type: "insufficient_quota", code: "insufficient_quota", retry: false },
  METHOD_NOT_ALLOWED: { status: 405 },
  UNSUPPORTED_MEDIA_TYPE: { status: 415 },
  // The first request is still being answered; a later retry can get its answer.
  IDEMPOTENCY_KEY_IN_USE: { retry: true },
};

/** A failure as an error in OpenAI's format. With `inFull`, it has the message for callers who run the deployment. */
export function toError(failure: Failure, inFull: boolean): ErrorBody["error"] {
  const { type, code } = rowOf(failure);
  const param = failure.details.fields?.[0]?.field ?? null;
  return {
    message: inFull ? failure.inFull : failure.message,
    type,
    param,
    code: code ?? failure.reason.toLowerCase(),
  };
}

/**
 * A failure as an HTTP answer. OpenAI's clients retry twice by themselves unless an answer forbids it. `spent` tells
 * whether an engine has already worked on this request: the answer then forbids a retry, which would cost as much
 * again.
 */
export function toErrorAnswer(
  failure: Failure,
  { spent, inFull }: { readonly spent: boolean; readonly inFull: boolean },
): ErrorAnswer {
  const { status, retry } = rowOf(failure);
  const { retryDelayMs } = failure.details;
  return {
    status,
    headers: {
      "x-should-retry": String(retry && !spent),
      ...(retryDelayMs !== undefined && {
        "retry-after-ms": String(Math.ceil(retryDelayMs)),
        "retry-after": String(Math.max(1, Math.ceil(retryDelayMs / 1000))),
      }),
      ...(failure.details.metadata?.allow !== undefined && { allow: failure.details.metadata.allow }),
      ...(failure.code === "UNAUTHENTICATED" && { "www-authenticate": 'Bearer realm="duet"' }),
      ...standingOf(failure),
    },
    body: { error: toError(failure, inFull) },
  };
}

/**
 * The rate-limit headers for a caller that has reached its limit of requests: the limit, 0 requests left, and when to
 * retry. Other failures do not contain these numbers, so their answers have no such headers.
 */
function standingOf({ reason, details: { metadata, retryDelayMs = 0 } }: Failure): Record<string, string> {
  if (reason !== "TOO_MANY_REQUESTS") return {};
  return {
    ...(metadata?.limit !== undefined && { "x-ratelimit-limit-requests": metadata.limit }),
    "x-ratelimit-remaining-requests": "0",
    "x-ratelimit-reset-requests": `${Math.ceil(retryDelayMs)}ms`,
  };
}

function rowOf({ code, reason }: Failure): Row {
  const row = byCode[code];
  return Object.hasOwn(byReason, reason) ? { ...row, ...byReason[reason] } : row;
}

/** The failure of a request whose field `param` is invalid; `message` is worded to follow the field's name. */
export function badParam(
  param: string,
  message: string,
  reason = "INVALID_VALUE",
  fault: FieldFault = "INVALID_FORMAT",
): Failure {
  return new Failure("INVALID_ARGUMENT", reason, `${param} ${message}`, {
    fields: [{ field: param, reason: fault, description: message }],
  });
}
