import { createContextKey, type HandlerContext, type Interceptor } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import { rpc } from "../../infra/telemetry/names.ts";
import type { Span, Tracer } from "../../infra/telemetry/tracer.ts";
import { type End, endSpan, onEnd } from "../connect/end.ts";
import type { Code } from "../errors.ts";
import { turnSpans } from "../turn/stages/span.ts";
import { inFullKey } from "./keys.ts";
import { hasLeft } from "./leaving.ts";

/** The span of the call that a handler answers; undefined without tracing. */
export function spanOf({ values }: HandlerContext): Span | undefined {
  return values.get(spanKey);
}

const spanKey = createContextKey<Span | undefined>(undefined);
// Every open page asks for it every few seconds, and it takes part in no turn.
const untraced = new Set(["GetStatus"]);
/** By convention a server answers for these; for what its caller did wrong, or wanted, it does not. */
export const serverFaults = new Set<Code>([
  "UNKNOWN",
  "DEADLINE_EXCEEDED",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
]);
// A caller that has left usually makes its call end within a moment; nothing has to.
const leaveGraceMs = 1_000;

/** Gives every call a span, in the caller's trace if it names one. */
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
