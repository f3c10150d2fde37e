/** A place in a trace, as W3C Trace Context writes it: what one process tells the next. Empty outside any trace. */
export interface TraceContext {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/** What may be said of a span; `undefined` says nothing. Never what users write or hear. */
export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A piece of work in a trace. */
export interface Span {
  /** Its place: what is sent along with calls that belong to it, and the parent of spans within it. */
  readonly context: TraceContext;
  /** Says more of it. */
  set(attributes: Attributes): void;
  /** Names it anew, once more is known. */
  rename(name: string): void;
  /** It failed; `type` is one of few words that say how, such as a code. */
  fail(type: string): void;
  /** It is over. What is said or ended after that is ignored. */
  end(): void;
}

/** Options of Tracer.start. */
export interface SpanOptions {
  /** Whether the work is done here for somebody else, or asked of somebody else, or needs nobody. */
  readonly kind: "server" | "client" | "internal";
  /** The place it belongs to. */
  readonly parent: TraceContext;
  /**
   * Whether the parent's word that it is recorded decides. Where strangers call it must not: each of them could have everything recorded. The
   * trace stays theirs. Default: it does.
   */
  readonly believeSampled?: boolean;
  readonly attributes?: Attributes;
}

/** Work that another program has done and measured, which sends no spans itself. */
export interface Measured {
  /** Its own place, which those that worked for it were told as their parent. Without a valid one nothing is recorded. */
  readonly place: TraceContext;
  /** The program, as `service.name`. */
  readonly service: string;
  /** How long ago it began. */
  readonly beganMsAgo: number;
  readonly durationMs: number;
  /** As in SpanOptions: whether it is recorded is decided as of a span whose parent it is. */
  readonly believeSampled: boolean;
}

/** Begins spans. A parent is always named, so that no work has to be found by what happens to run around it. */
export interface Tracer {
  /** False: no span goes anywhere, and whoever wraps streams for their sake need not. */
  readonly enabled: boolean;
  /** The place that a caller names in its headers, as W3C Trace Context writes it unless OTEL_PROPAGATORS says otherwise. */
  read(headers: Headers): TraceContext;
  start(name: string, options: SpanOptions): Span;
  /** Records a span for somebody else. */
  record(name: string, measured: Measured): void;
}

/** Traces nothing: every span has the place of its parent, so that a caller's trace reaches the engine; where its word is not believed, as one that is not recorded. */
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

/** Reads the place in a trace from headers or metadata. */
export function readTraceContext(headers: { get(name: string): unknown }): TraceContext {
  const [traceparent, tracestate] = ["traceparent", "tracestate"].map((name) => headers.get(name));
  return {
    ...(typeof traceparent === "string" && { traceparent }),
    ...(typeof tracestate === "string" && { tracestate }),
  };
}

/** The trace itself, for logs; undefined outside any, or if what a caller sent is no `traceparent`. */
export function traceIdOf({ traceparent = "" }: TraceContext): string | undefined {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent)?.[1];
}

/** The same of a trace that is recorded, as far as is known here; undefined of any other. */
export function sampledTraceOf(context: TraceContext): string | undefined {
  const flags = Number.parseInt(context.traceparent?.slice(-2) ?? "0", 16);
  return (flags & 1) === 1 ? traceIdOf(context) : undefined;
}

/** Writes the place in a trace into headers or metadata, instead of what they said of one. */
export function writeTraceContext(
  headers: { set(name: string, value: string): unknown; delete(name: string): unknown },
  { traceparent, tracestate }: TraceContext,
): void {
  for (const [name, value] of Object.entries({ traceparent, tracestate })) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
}
