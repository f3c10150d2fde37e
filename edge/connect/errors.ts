import { createRegistry, fromBinary } from "@bufbuild/protobuf";
import { durationFromMs, durationMs } from "@bufbuild/protobuf/wkt";
import { ConnectError, type Interceptor } from "@connectrpc/connect";
import { classify, codeNumbers, codeOfNumber, Failure, type StatusDetail } from "../errors.ts";
import { toldOutward } from "../outward.ts";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  file_google_rpc_error_details,
  QuotaFailureSchema,
  RetryInfoSchema,
} from "../wellknown/gen/google/rpc/error_details_pb.ts";

// The domain of every ErrorInfo of this system.
const domain = "duet";
const detailTypes = createRegistry(file_google_rpc_error_details);

type Detail = ConnectError["details"][number];

/** What a failure is on the wire: its code, its message in words for its caller, the reason and whatever else is known of it as `google.rpc` details. */
export function toConnectError(failure: Failure): ConnectError {
  const error = new ConnectError(
    toldOutward(failure),
    codeNumbers[failure.code],
    headersOf(failure),
    undefined,
    failure,
  );
  error.details = failure.details.said?.map(readDetail) ?? detailsOf(failure);
  return error;
}

/**
 * What was thrown on our side of Connect, as a failure: one of ours is found again, also where Connect has wrapped it; what a
 * service said keeps all its details; anything else is our own fault.
 */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof ConnectError)) return classify(error);
  if (error.cause instanceof Failure) return error.cause;
  const code = codeOfNumber(error.code);
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return new Failure(code, error.findDetails(ErrorInfoSchema)[0]?.reason ?? code, error.rawMessage, {
    retryDelayMs: delay && durationMs(delay),
    said: error.details.filter(isInBytes),
    cause: error.cause,
  });
}

/** Changes what a call throws, also while a stream is read. */
export function mapErrors(explain: (error: unknown, signal: AbortSignal) => unknown): Interceptor {
  return (next) => async (request) => {
    const explained = (error: unknown) => explain(error, request.signal);
    try {
      const response = await next(request);
      return response.stream ? { ...response, message: mapError(response.message, explained) } : response;
    } catch (error) {
      throw explained(error);
    }
  };
}

/** The same stream, except that what it throws is changed. */
export async function* mapError<T>(source: AsyncIterable<T>, explain: (error: unknown) => unknown): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw explain(error);
  }
}

/** What HTTP itself has words for: when to try again, in whole seconds, and what a caller must bring. */
function headersOf({ code, details: { retryDelayMs } }: Failure): Record<string, string> {
  return {
    ...(retryDelayMs !== undefined && { "retry-after": String(Math.max(1, Math.ceil(retryDelayMs / 1000))) }),
    ...(code === "UNAUTHENTICATED" && { "www-authenticate": 'Bearer realm="duet"' }),
  };
}

function detailsOf({ reason, details: { fields, quota, retryDelayMs } }: Failure): Detail[] {
  return [
    { desc: ErrorInfoSchema, value: { reason, domain } },
    ...(fields === undefined ? [] : [{ desc: BadRequestSchema, value: { fieldViolations: [...fields] } }]),
    ...(quota === undefined ? [] : [{ desc: QuotaFailureSchema, value: { violations: [...quota] } }]),
    ...(retryDelayMs === undefined
      ? []
      : [{ desc: RetryInfoSchema, value: { retryDelay: durationFromMs(retryDelayMs) } }]),
  ];
}

function isInBytes(detail: Detail): detail is Detail & StatusDetail {
  return "type" in detail;
}

// Read, it can be written as JSON too.
function readDetail(detail: StatusDetail): Detail {
  const desc = detailTypes.getMessage(detail.type);
  return desc === undefined ? { ...detail } : { desc, value: fromBinary(desc, detail.value) };
}
