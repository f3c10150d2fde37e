import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import {
  createContextKey,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { parseTraceParent, setGlobalErrorHandler, TraceState } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ConsoleSpanExporter,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  SimpleSpanProcessor,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Clock } from "../clock/clock.ts";
import type { Log } from "../log/log.ts";
import { rpc } from "./names.ts";
import type { OtelRequest, SamplerName } from "./otel-env.ts";
import type { Attributes, SpanOptions, TraceContext, Tracer } from "./tracer.ts";

/** What createOtel works with. */
export interface OtelOptions {
  /** `service.name` unless the environment says another. */
  readonly service: string;
  readonly request: OtelRequest;
  readonly log: Log;
  readonly clock: Clock;
}

// A collector may be down for hours: one line tells it, not one for each batch.
const complaintPauseMs = 60_000;
/** What makes our spans, as they say. */
const scope = "duet";
const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** Traces with OpenTelemetry's SDK. This file alone imports it, and nothing imports this file unless traces were asked for. */
export function createOtel({ service, request, log, clock }: OtelOptions): {
  tracer: Tracer;
  shutdown(): Promise<void>;
} {
  const complain = createComplaint(log, clock);
  diag.setLogger({ error: complain, warn: complain, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);
  setGlobalErrorHandler((error) => complain(describe(error)));

  const processor =
    request.exporter === "console"
      ? new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() })
      : new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), ...request.batch });
  const sampler = createSampler(request.sampler, request.ratio);
  const environment = detectResources({ detectors: [envDetector] });
  const provider = new TracerProvider({
    // What the environment says comes last: it wins.
    resource: defaultResource()
      .merge(resourceFromAttributes(describeProcess(service)))
      .merge(environment),
    sampler,
    spanProcessors: [processor],
  });
  return {
    tracer: { ...createTracer(provider), record: createRecord({ sampler, processor, environment }) },
    shutdown: () => provider.shutdown().catch((error: unknown) => complain(describe(error))),
  };
}

function describeProcess(service: string) {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return {
    "service.name": service,
    "service.namespace": "duet",
    "service.version": String(version),
    "service.instance.id": randomUUID(),
    "host.name": hostname(),
    "process.pid": process.pid,
  };
}

function createTracer(provider: TracerProvider): Omit<Tracer, "record"> {
  const tracer = provider.getTracer(scope);
  /** Spans of this process that are not over, by their `traceparent`: a parent that is one of them is no remote one. */
  const open = new Map<string, SpanContext>();

  return {
    enabled: true,
    start(name, { kind, parent, attributes, believeSampled = true }: SpanOptions) {
      const parentContext = open.get(parent.traceparent ?? "") ?? parseContext(parent);
      const span = tracer.startSpan(
        name,
        { kind: kinds[kind], ...(attributes && { attributes: toOtel(attributes) }) },
        parentContext === undefined
          ? ROOT_CONTEXT
          : trace.setSpanContext(ROOT_CONTEXT.setValue(disbelieved, !believeSampled), parentContext),
      );
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
  };
}

/** The SDK gives each span that it makes an id of its own: one that has its id is handed to the processor as the SDK would. */
function createRecord({ sampler, processor, environment }: RecordTools): Tracer["record"] {
  return (name, { place, service, beganMsAgo, durationMs, believeSampled }) => {
    const spanContext = parseContext(place);
    if (spanContext === undefined) return;
    const kind = SpanKind.CLIENT;
    const child = trace.setSpanContext(ROOT_CONTEXT.setValue(disbelieved, !believeSampled), spanContext);
    const { decision } = sampler.shouldSample(child, spanContext.traceId, name, kind, {}, []);
    if (decision !== SamplingDecision.RECORD_AND_SAMPLED) return;
    const beganAt = Date.now() - beganMsAgo;
    processor.onEnd({
      name,
      kind,
      spanContext: () => ({ ...spanContext, isRemote: false, traceFlags: TraceFlags.SAMPLED }),
      startTime: toHrTime(beganAt),
      endTime: toHrTime(beganAt + durationMs),
      duration: toHrTime(durationMs),
      ended: true,
      status: { code: SpanStatusCode.UNSET },
      attributes: {},
      links: [],
      events: [],
      resource: environment.merge(resourceFromAttributes({ "service.name": service, "service.namespace": "duet" })),
      instrumentationScope: { name: scope },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    });
  };
}

interface RecordTools {
  readonly sampler: Sampler;
  readonly processor: SpanProcessor;
  /** What the operator says of all that is traced. */
  readonly environment: Resource;
}

/** Seconds and nanoseconds. */
function toHrTime(ms: number): [number, number] {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}

function createSampler(name: SamplerName, ratio: number): Sampler {
  const isParentBased = name.startsWith("parentbased_");
  const root = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(ratio),
  }[name.replace("parentbased_", "") as "always_on" | "always_off" | "traceidratio"]();
  if (!isParentBased) return root;
  const parentBased = new ParentBasedSampler({ root });
  return {
    shouldSample: (context, ...rest) =>
      (context.getValue(disbelieved) === true ? root : parentBased).shouldSample(context, ...rest),
    toString: () => String(parentBased),
  };
}

/** Set where a parent's word that it is recorded does not decide. */
const disbelieved = createContextKey("parent is not believed to be sampled");

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

function createComplaint(log: Log, clock: Clock): (message: string) => void {
  let silentUntil = Number.NEGATIVE_INFINITY;
  return (message) => {
    if (clock.now() < silentUntil) return;
    silentUntil = clock.now() + complaintPauseMs;
    log.warn(
      { cause: message },
      "traces are not all delivered: does OTEL_EXPORTER_OTLP_ENDPOINT name a collector that runs?",
    );
  };
}

/** A refused connection tells its address in `errors` alone. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join("; ");
  return error instanceof Error ? error.message : String(error);
}
