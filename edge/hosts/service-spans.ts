import type { Interceptor } from "@connectrpc/connect";
import { rpc } from "../../infra/telemetry/names.ts";
import { readTraceContext, type Tracer, writeTraceContext } from "../../infra/telemetry/tracer.ts";
import { type End, endSpan, onEnd } from "../connect/end.ts";

/** Gives each traced call to a service a client span, and passes that span's context on to the service. */
export function traceServices(tracer: Tracer): Interceptor {
  return (next) => async (request) => {
    const { method, header, signal } = request;
    const parent = readTraceContext(header);
    if (parent.traceparent === undefined) return next(request);
    const path = `${method.parent.typeName}/${method.name}`;
    const attributes = { [rpc.system]: "grpc", [rpc.method]: path };
    const span = tracer.start(path, { kind: "client", parent, attributes });
    writeTraceContext(header, span.context);
    const finish = (end: End) => {
      signal.removeEventListener("abort", onAbort);
      endSpan(span, signal.aborted ? "left" : end, () => true);
    };
    // The signal is watched because a stream that is no longer read would not notice that its call has ended.
    const onAbort = () => finish("left");
    signal.addEventListener("abort", onAbort, { once: true });
    return onEnd(() => next(request), finish);
  };
}
