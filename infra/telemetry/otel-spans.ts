import {
  type Context,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { parseTraceParent, TraceState } from "@opentelemetry/core";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { type IdGenerator, RandomIdGenerator, type ReadableSpan } from "@opentelemetry/sdk-trace";
import { rpc } from "./names.ts";
import { type Attributes, noTracer, type SpanOptions, type TraceContext, type Tracer } from "./tracer.ts";

/** The instrumentation scope of our spans: OpenTelemetry's term for the name of the code that creates spans. */
const scope = "duet";
const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** Generates ids of spans and traces. */
export interface Ids extends IdGenerator {
  /** Calls `start`; a root span that `start` creates gets this trace id. */
  inTrace<T>(traceId: string, start: () => T): T;
}

/** Creates a generator of random ids. */
export function createIds(): Ids {
  const random = new RandomIdGenerator();
  let given: string | undefined;
  return {
    generateSpanId: () => random.generateSpanId(),
    generateTraceId: () => given ?? random.generateTraceId(),
    inTrace(traceId, start) {
      given = traceId;
      try {
        return start();
      } finally {
        given = undefined;
      }
    },
  };
}

/** Creates a tracer on top of the SDK, which must have been started with the same generator of ids. */
export function createTracer(ids: Ids): Tracer {
  const tracer = trace.getTracer(scope);
  // If no exporter that the SDK knows is configured, the SDK's spans do nothing, and their context is invalid.
  if (!trace.isSpanContextValid(tracer.startSpan("", {}, ROOT_CONTEXT).spanContext())) return noTracer;
  /** The resource attributes that the operator set in the environment; they apply to all spans. */
  const environment = detectResources({ detectors: [envDetector] });
  /** The open spans of this process, by `traceparent`: a parent among them is local, any other parent is remote. */
  const open = new Map<string, SpanContext>();
  /**
   * The context in which to start a child of `parent`. If the parent's sampled flag is not trusted, our sampler decides
   * whether to record the child, as it would for a root span of this trace. To get that decision, such a root span is
   * started, but never ended.
   */
  const within = (parent: SpanContext | undefined, name: string, options: object, believeSampled: boolean): Context => {
    if (parent === undefined) return ROOT_CONTEXT;
    if (believeSampled) return trace.setSpanContext(ROOT_CONTEXT, parent);
    const first = ids.inTrace(parent.traceId, () => tracer.startSpan(name, options, ROOT_CONTEXT));
    return trace.setSpanContext(ROOT_CONTEXT, { ...parent, traceFlags: first.spanContext().traceFlags });
  };

  return {
    enabled: true,
    read(headers) {
      const context = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, headers, headerGetter));
      return context === undefined ? {} : formatContext(context);
    },
    start(name, { kind, parent, attributes, believeSampled = true }: SpanOptions) {
      const options = { kind: kinds[kind], ...(attributes && { attributes: toOtel(attributes) }) };
      const parentContext = open.get(parent.traceparent ?? "") ?? parseContext(parent);
      const span = tracer.startSpan(name, options, within(parentContext, name, options, believeSampled));
      const context = formatContext(span.spanContext());
      const { traceparent } = context;
      open.set(traceparent, span.spanContext());
      const ifOpen = (act: () => unknown) => {
        if (open.has(traceparent)) act();
      };
      return {
        context,
        set: (more) => ifOpen(() => span.setAttributes(toOtel(more))),
        rename: (other) => ifOpen(() => span.updateName(other)),
        fail: (type) => ifOpen(() => span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(rpc.errorType, type)),
        end() {
          if (open.delete(traceparent)) span.end();
        },
      };
    },
    record(name, { place, service, beganMsAgo, durationMs, believeSampled }) {
      const spanContext = parseContext(place);
      if (spanContext === undefined) return;
      const startTime = Date.now() - beganMsAgo;
      const options = { kind: SpanKind.CLIENT, startTime };
      const span = tracer.startSpan(name, options, within(spanContext, name, options, believeSampled));
      if (!span.isRecording()) return;
      // The span was started as a child of the span `place`, so that it is sampled like a child. It is exported,
      // however, under the id of `place`, and as a span of the other program, `service`.
      const sent = {
        spanContext: () => ({ ...spanContext, isRemote: false, traceFlags: TraceFlags.SAMPLED }),
        parentSpanContext: undefined,
        resource: environment.merge(resourceFromAttributes({ "service.name": service, "service.namespace": "duet" })),
      } satisfies { [Field in keyof ReadableSpan]?: ReadableSpan[Field] | undefined };
      Object.assign(span, sent);
      span.end(startTime + durationMs);
    },
  };
}

const headerGetter: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

function parseContext({ traceparent, tracestate }: TraceContext): SpanContext | undefined {
  const parsed = traceparent === undefined ? null : parseTraceParent(traceparent);
  if (parsed === null) return undefined;
  return { ...parsed, isRemote: true, ...(tracestate && { traceState: new TraceState(tracestate) }) };
}

function formatContext({ traceId, spanId, traceFlags, traceState }: SpanContext) {
  const traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
  const tracestate = traceState?.serialize();
  return { traceparent, ...(tracestate && { tracestate }) };
}

function toOtel(attributes: Attributes) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === "object" ? [...value] : value]),
  );
}
