import type { Metadata, ServerMiddleware } from "nice-grpc";
import { rpc } from "../../../infra/telemetry/names.ts";
import { readTraceContext, type Tracer, writeTraceContext } from "../../../infra/telemetry/tracer.ts";
import { EngineError } from "../errors/engine-error.ts";
import { codeName } from "./middleware.ts";

/** Matches a `traceparent` of W3C Trace Context, version 00: trace id, span id, flags. No id may be all zeros. */
const traceparentForm = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's `traceparent`, to be passed on to an engine; undefined if there is none or it is malformed. */
export function callerTraceparent(metadata: Metadata): string | undefined {
  const value = metadata.get("traceparent");
  return value !== undefined && traceparentForm.test(value) ? value : undefined;
}

// The codes that OpenTelemetry's conventions count as errors of the server. Others, such as an invalid request or a
// cancellation, are the caller's doing.
const serverFaults = new Set(["UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"]);

/**
 * Gives every call a span in its caller's trace, and writes that span into the call's metadata, so that services called
 * from here continue the trace.
 */
export function traceCalls(tracer: Tracer): ServerMiddleware {
  return async function* traceCallsMiddleware(call, context) {
    const path = call.method.path.slice(1);
    const parent = readTraceContext(context.metadata);
    const attributes = { [rpc.system]: "grpc", [rpc.method]: path };
    const span = tracer.start(path, { kind: "server", parent, attributes });
    writeTraceContext(context.metadata, span.context);
    // If the caller leaves early, neither the normal end nor `catch` is reached, so `code` keeps this initial value.
    let code = "CANCELLED";
    try {
      const result = yield* call.next(call.request, context);
      code = "OK";
      return result;
    } catch (error) {
      code = codeName(error);
      if (serverFaults.has(code)) span.fail(code);
      throw error;
    } finally {
      span.set({ [rpc.status]: code });
      span.end();
    }
  };
}

/** The kind of an error, as a span attribute with few possible values. */
export function errorType(error: unknown): string {
  if (error instanceof EngineError) return error.fault;
  return error instanceof Error ? error.name : "unknown";
}
