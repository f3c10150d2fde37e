import { createContextKey, type HandlerContext, type Interceptor } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import { rpc } from "../../infra/telemetry/names.ts";
import type { Span, Tracer } from "../../infra/telemetry/tracer.ts";
import { type End, endSpan, onEnd } from "../connect/end.ts";
import type { Code } from "../errors.ts";
import { turnSpans } from "../turn/stages/span.ts";
import { inFullKey } from "./keys.ts";
import { hasLeft } from "./leaving.ts";

/** The trace span of the call being handled; undefined if the call is not traced. */
export function spanOf({ values }: HandlerContext): Span | undefined {
  return values.get(spanKey);
}

const spanKey = createContextKey<Span | undefined>(undefined);
// RPCs without a span. Every open page calls GetStatus every few seconds while something is not ready, and these calls
// are part of no turn.
const untraced = new Set(["GetStatus"]);
/**
 * By OpenTelemetry's convention these status codes count as errors of the server; the codes for the caller's own
 * mistakes, and for cancellation, do not.
 */
export const serverFaults = new Set<Code>([
  "UNKNOWN",
  "DEADLINE_EXCEEDED",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
]);
// A call normally ends soon after its caller has left. If it has not ended after this many ms, its span ends anyway.
const leaveGraceMs = 1_000;

/** Gives every call except GetStatus a trace span, within the caller's trace if the caller's headers name one. */
export function traceCalls(tracer: Tracer, clock: Clock): Interceptor {
  return (next) => async (request) => {
    const { method, header, signal } = request;
    if (untraced.has(method.name)) return next(request);
    const path = `${method.parent.typeName}/${method.name}`;
    const { name, attributes } = turnSpans[method.name] ?? { name: path, attributes: {} };
    const span = tracer.start(name, {
      kind: "server",
      parent: tracer.read(header),
      believeSampled: request.contextValues.get(inFullKey),
      attributes: { ...attributes, [rpc.system]: "connectrpc", [rpc.method]: path },
    });
    request.contextValues.set(spanKey, span);
    let cancelLeft = () => {};
    const finish = (end: End) => {
      cancelLeft();
      signal.removeEventListener("abort", onAbort);
      endSpan(span, hasLeft(signal) ? "left" : end, (code) => serverFaults.has(code));
    };
    const onAbort = () => {
      cancelLeft = clock.after(leaveGraceMs, () => finish("left"));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    return onEnd(() => next(request), finish);
  };
}
