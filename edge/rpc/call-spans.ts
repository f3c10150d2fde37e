import { Code, createContextKey, type HandlerContext, type Interceptor } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import { rpc } from "../../infra/telemetry/names.ts";
import { noTracer, readTraceContext, type Span, type Tracer, writeTraceContext } from "../../infra/telemetry/tracer.ts";
import { classify, codeName, toTurnError } from "../errors.ts";
import { turnSpans } from "../turn/turn-span.ts";
import { isDeadline } from "../turn/turns.ts";

/** The span of the call that a handler answers. Without tracing it has the place that the caller named. */
export function spanOf({ values, requestHeader }: HandlerContext): Span {
  return values.get(spanKey) ?? noTracer.start("", { kind: "server", parent: readTraceContext(requestHeader) });
}

const spanKey = createContextKey<Span | undefined>(undefined);
// Every open page asks for it every few seconds, and it takes part in no turn.
const untraced = new Set(["GetStatus"]);
// By convention a server answers for these; for what its caller did wrong, or wanted, it does not.
const serverFaults = new Set([
  Code.Unknown,
  Code.DeadlineExceeded,
  Code.Unimplemented,
  Code.Internal,
  Code.Unavailable,
  Code.DataLoss,
]);
// A caller that has left usually makes its call end within a moment; nothing has to.
const leaveGraceMs = 1_000;

/** Gives every call a span, in the caller's trace if it names one; what is passed on of the call then names the span. */
export function traceCalls(tracer: Tracer, clock: Clock): Interceptor {
  return (next) => async (request) => {
    const { method, header, signal } = request;
    if (untraced.has(method.name)) return next(request);
    const path = `${method.parent.typeName}/${method.name}`;
    const { name, attributes } = turnSpans[method.name] ?? { name: path, attributes: {} };
    const span = tracer.start(name, {
      kind: "server",
      parent: readTraceContext(header),
      attributes: { ...attributes, [rpc.system]: "connectrpc", [rpc.method]: path },
    });
    writeTraceContext(header, span.context);
    request.contextValues.set(spanKey, span);
    let cancelLeft = () => {};
    const end: End = (how) => {
      cancelLeft();
      signal.removeEventListener("abort", onAbort);
      // What breaks because its caller has left is nobody's fault.
      const hasLeft = signal.aborted && !isDeadline(signal.reason);
      endSpan(span, hasLeft ? "left" : how, (code) => serverFaults.has(code));
    };
    const onAbort = () => {
      cancelLeft = clock.after(leaveGraceMs, () => end("left"));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    return traced(() => next(request), end);
  };
}

/** Gives every call of a service that is part of a trace a span; the service is told of that instead. */
export function traceServices(tracer: Tracer): Interceptor {
  return (next) => async (request) => {
    const { method, header, signal } = request;
    const parent = readTraceContext(header);
    if (parent.traceparent === undefined) return next(request);
    const path = `${method.parent.typeName}/${method.name}`;
    const attributes = { [rpc.system]: "grpc", [rpc.method]: path };
    const span = tracer.start(path, { kind: "client", parent, attributes });
    writeTraceContext(header, span.context);
    const end: End = (how) => {
      signal.removeEventListener("abort", onAbort);
      endSpan(span, signal.aborted ? "left" : how, () => true);
    };
    // A stream that is not read any more would never learn that its call is over.
    const onAbort = () => end("left");
    signal.addEventListener("abort", onAbort, { once: true });
    return traced(() => next(request), end);
  };
}

/** The three ways in which a call ends. */
type Ending = "done" | "left" | { readonly thrown: unknown };
type End = (how: Ending) => void;

function endSpan(span: Span, how: Ending, isFault: (code: Code) => boolean): void {
  if (how === "done" || how === "left") {
    span.set({ [rpc.status]: how === "done" ? "OK" : "CANCELLED" });
  } else {
    const failed = classify(how.thrown);
    span.set({ [rpc.status]: codeName(failed.code) });
    if (isFault(failed.code)) span.fail(toTurnError(failed).reason ?? codeName(failed.code));
  }
  span.end();
}

async function traced<R extends Awaited<ReturnType<Parameters<Interceptor>[0]>>>(
  call: () => Promise<R>,
  end: End,
): Promise<R> {
  try {
    const response = await call();
    if (response.stream) return { ...response, message: endedWith(response.message, end) };
    end("done");
    return response;
  } catch (error) {
    end({ thrown: error });
    throw error;
  }
}

/** The same stream; `end` is told how it ended. */
async function* endedWith<T>(events: AsyncIterable<T>, end: End): AsyncGenerator<T> {
  let how: Ending = "left";
  try {
    yield* events;
    how = "done";
  } catch (error) {
    how = { thrown: error };
    throw error;
  } finally {
    end(how);
  }
}
