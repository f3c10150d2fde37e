/** A trace context in W3C format, as one process passes it to the next. Empty outside a trace. */
export interface TraceContext {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/** Attributes of a span; those that are `undefined` are not set. They never contain what users write or hear. */
export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A span: a piece of work in a trace. */
export interface Span {
  /** The span's trace context, which is sent with calls made within the span, and is the parent of the spans inside. */
  readonly context: TraceContext;
  /** Adds attributes to the span. */
  set(attributes: Attributes): void;
  /** Renames the span, for example as soon as more is known about its work. */
  rename(name: string): void;
  /** Marks the span as failed; `type` is a description with few possible values, such as an error code. */
  fail(type: string): void;
  /** Ends the span. Later calls are ignored. */
  end(): void;
}

/** Options of Tracer.start. */
export interface SpanOptions {
  /** Whether the work serves a caller (`server`), is requested of another process (`client`), or is internal. */
  readonly kind: "server" | "client" | "internal";
  /** The parent's trace context. */
  readonly parent: TraceContext;
  /**
   * Whether to trust the parent's sampled flag. The flag of an outside caller must not be trusted, since any caller
   * could then cause everything to be recorded. The trace id is kept in any case. Default: yes.
   */
  readonly believeSampled?: boolean;
  readonly attributes?: Attributes;
}

/** Work that another program did and measured. That program sends no spans, so this process records one for it. */
export interface Measured {
  /**
   * The trace context of the span to record. The programs that did parts of the work already received this context as
   * their parent. If the context is invalid, nothing is recorded.
   */
  readonly place: TraceContext;
  /** The name of the program that did the work, for `service.name`. */
  readonly service: string;
  /** How long ago the work began, in milliseconds. */
  readonly beganMsAgo: number;
  readonly durationMs: number;
  /** Whether to trust the sampled flag of the trace context `place`; see SpanOptions. */
  readonly believeSampled: boolean;
}

/** Starts spans. The parent is always passed explicitly, so that no implicit context is needed. */
export interface Tracer {
  /** False if spans are discarded: then callers need not wrap streams just to measure them. */
  readonly enabled: boolean;
  /**
   * Reads the trace context that a caller sent in its headers: in W3C format, unless OTEL_PROPAGATORS names another
   * format.
   */
  read(headers: Headers): TraceContext;
  start(name: string, options: SpanOptions): Span;
  /** Records a span on behalf of another program. */
  record(name: string, measured: Measured): void;
}

/**
 * A tracer that records nothing: every span has its parent's context, so that a caller's trace continues in the engine;
 * the sampled flag is cleared if it is not trusted.
 */
export const noTracer: Tracer = {
  enabled: false,
  read: readTraceContext,
  start(_name, { parent, believeSampled = true }) {
    return { context: believeSampled ? parent : unsampled(parent), set() {}, rename() {}, fail() {}, end() {} };
  },
  record() {},
};

function unsampled(context: TraceContext): TraceContext {
  const { traceparent } = context;
  return traceparent === undefined ? context : { ...context, traceparent: traceparent.replace(/-[\da-f]{2}$/i, "-00") };
}

/** Reads a trace context from headers or metadata. */
export function readTraceContext(headers: { get(name: string): unknown }): TraceContext {
  const [traceparent, tracestate] = ["traceparent", "tracestate"].map((name) => headers.get(name));
  return {
    ...(typeof traceparent === "string" && { traceparent }),
    ...(typeof tracestate === "string" && { tracestate }),
  };
}

/** The trace id, for logs; undefined outside a trace, or if the caller sent an invalid `traceparent`. */
export function traceIdOf({ traceparent = "" }: TraceContext): string | undefined {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent)?.[1];
}

/** The trace id if the trace is sampled, as far as this process knows; otherwise undefined. */
export function sampledTraceOf(context: TraceContext): string | undefined {
  const flags = Number.parseInt(context.traceparent?.slice(-2) ?? "0", 16);
  return (flags & 1) === 1 ? traceIdOf(context) : undefined;
}

/** Writes a trace context into headers or metadata, replacing any other. */
export function writeTraceContext(
  headers: { set(name: string, value: string): unknown; delete(name: string): unknown },
  { traceparent, tracestate }: TraceContext,
): void {
  for (const [name, value] of Object.entries({ traceparent, tracestate })) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
}
