import { createRegistry, fromBinary } from "@bufbuild/protobuf";
import { durationFromMs, durationMs } from "@bufbuild/protobuf/wkt";
import { ConnectError, type Interceptor } from "@connectrpc/connect";
import {
  type Code,
  classify,
  codeNumbers,
  codeOfNumber,
  Failure,
  type FailureDetails,
  type StatusDetail,
} from "../errors.ts";
import { toldOutward } from "../outward.ts";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  file_google_rpc_error_details,
  QuotaFailureSchema,
  RetryInfoSchema,
} from "../wellknown/gen/google/rpc/error_details_pb.ts";

// The `domain` field of every ErrorInfo that this system sends.
const domain = "duet";
const detailTypes = createRegistry(file_google_rpc_error_details);

type Detail = ConnectError["details"][number];

/** Who will read an error, and which call the error is about. */
export interface Audience {
  /** Whether the reader runs the deployment, and so may see addresses, settings and files. Default: no. */
  readonly inFull?: boolean;
  /** The call's RPC in the form `service/method`, for the error's metadata. Default: the error names no RPC. */
  readonly rpc?: string;
}

/** Converts a failure to its form on the wire: code, message, and the reason and details as `google.rpc` messages. */
export function toConnectError(failure: Failure, { inFull = false, rpc }: Audience = {}): ConnectError {
  const message = inFull ? failure.inFull : failure.message;
  const error = new ConnectError(message, codeNumbers[failure.code], headersOf(failure), undefined, failure);
  error.details = detailsOf(failure, rpc);
  return error;
}

/**
 * Makes the failure for a fault of a service, or of the connection to the service. `inFull` is a message that is shown
 * only to callers who run the deployment.
 */
export function serviceFailure(code: Code, reason: string, inFull: string, details: FailureDetails = {}): Failure {
  const { message, retryDelayMs } = toldOutward({ code, reason, message: inFull });
  return new Failure(code, reason, message, { retryDelayMs, ...details, inFull });
}

/**
 * Converts whatever was thrown during a call to a failure: a Failure is returned as it is, even if Connect has wrapped
 * it; an error from a service keeps all its details; anything else becomes an internal fault.
 */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof ConnectError)) return classify(error);
  if (error.cause instanceof Failure) return error.cause;
  const code = codeOfNumber(error.code);
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  const info = error.findDetails(ErrorInfoSchema)[0];
  // Connect itself raised this error because of the caller's request, so no service has failed.
  if (!error.isWireError && ofTheCall.has(code))
    return new Failure(code, code, error.rawMessage, { cause: error.cause });
  return serviceFailure(code, info?.reason ?? code, error.rawMessage, {
    ...(delay && { retryDelayMs: durationMs(delay) }),
    ...(info && { metadata: info.metadata }),
    said: error.details.filter(isInBytes),
    cause: error.cause,
  });
}

type AnyRequest = Parameters<ReturnType<Interceptor>>[0];

/** Replaces the errors that a call throws by what `explain` returns, also while a stream is read. */
export function mapErrors(explain: (error: unknown, request: AnyRequest) => unknown): Interceptor {
  return (next) => async (request) => {
    const explained = (error: unknown) => explain(error, request);
    try {
      const response = await next(request);
      return response.stream ? { ...response, message: mapError(response.message, explained) } : response;
    } catch (error) {
      throw explained(error);
    }
  };
}

/** Passes on a stream, and replaces the errors that it throws by what `explain` returns. */
export async function* mapError<T>(source: AsyncIterable<T>, explain: (error: unknown) => unknown): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw explain(error);
  }
}

/** The HTTP headers for a failure: when to retry, in whole seconds, and which credentials are expected. */
function headersOf({ code, details: { retryDelayMs } }: Failure): Record<string, string> {
  return {
    ...(retryDelayMs !== undefined && { "retry-after": String(Math.max(1, Math.ceil(retryDelayMs / 1000))) }),
    ...(code === "UNAUTHENTICATED" && { "www-authenticate": 'Bearer realm="duet"' }),
  };
}

function detailsOf({ reason, details }: Failure, rpc: string | undefined): Detail[] {
  const { fields, quota, retryDelayMs, metadata, said = [] } = details;
  return [
    { desc: ErrorInfoSchema, value: { reason, domain, metadata: { ...(rpc !== undefined && { rpc }), ...metadata } } },
    // Further details from a service, without its reason and retry delay: other entries of this list state these.
    ...said.filter(({ type }) => !toldAnew.has(type)).map(readDetail),
    ...(fields === undefined ? [] : [{ desc: BadRequestSchema, value: { fieldViolations: [...fields] } }]),
    ...(quota === undefined ? [] : [{ desc: QuotaFailureSchema, value: { violations: [...quota] } }]),
    ...(retryDelayMs === undefined
      ? []
      : [{ desc: RetryInfoSchema, value: { retryDelay: durationFromMs(retryDelayMs) } }]),
  ];
}

const ofTheCall = new Set<Code>(["UNIMPLEMENTED", "DEADLINE_EXCEEDED", "CANCELLED"]);
const toldAnew = new Set<string>([ErrorInfoSchema.typeName, RetryInfoSchema.typeName]);

function isInBytes(detail: Detail): detail is Detail & StatusDetail {
  return "type" in detail;
}

// Decodes a detail whose type is known here, so that it can also be written as JSON.
function readDetail(detail: StatusDetail): Detail {
  const desc = detailTypes.getMessage(detail.type);
  return desc === undefined ? { ...detail } : { desc, value: fromBinary(desc, detail.value) };
}
