import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { diagLogLevelFromString, setGlobalErrorHandler } from "@opentelemetry/core";
import { defaultResource, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { NodeSDK } from "@opentelemetry/sdk-node";
import type { Clock } from "../clock/clock.ts";
import type { Log } from "../log/log.ts";
import { createIds, createTracer } from "./otel-spans.ts";
import { noTracer, type Tracer } from "./tracer.ts";

/** Options of createOtel. */
export interface OtelOptions {
  /** The `service.name`, unless the environment sets another. */
  readonly service: string;
  /** The process's own: the SDK reads no other. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly clock: Clock;
}

/** A collector may be down for hours: this is logged once in this time, not once per batch. */
const complaintPauseMs = 60_000;

/**
 * Traces with OpenTelemetry's SDK, which reads the `OTEL_*` variables itself: exporters and their protocols, samplers,
 * batches, limits, resource attributes, propagators. What it cannot make of them it says in the log. This file and
 * otel-spans.ts alone import the SDK, and nothing imports them unless traces were asked for.
 */
export function createOtel({ service, env, log, clock }: OtelOptions): { tracer: Tracer; shutdown(): Promise<void> } {
  const tellSetting = (message: string) =>
    log.warn(
      { cause: hideSecrets(message, env), set: Object.keys(env).filter((name) => name.startsWith("OTEL_")) },
      "one of the OTEL_* variables that are set cannot be followed",
    );
  const tellDelivery = createComplaint(log, clock);
  let tell = tellSetting;
  const level = env.OTEL_LOG_LEVEL?.trim() || undefined;
  const listen = () => listenToSdk(log, (message) => tell(message), level);
  setGlobalErrorHandler((error) => tell(describe(error)));

  const ids = createIds();
  try {
    // Where OTEL_LOG_LEVEL is set, the SDK begins to write to the console as it is made.
    if (level === undefined) listen();
    const sdk = new NodeSDK({
      resource: defaultResource().merge(resourceFromAttributes(describeProcess(service))),
      // More than this tells the command line, too: only where the operator names what is to be told.
      ...(!env.OTEL_NODE_RESOURCE_DETECTORS?.trim() && { resourceDetectors: [envDetector] }),
      idGenerator: ids,
      // Prometheus fetches metrics, and logs go to standard output.
      metricReaders: [],
      logRecordProcessors: [],
    });
    listen();
    sdk.start();
    return {
      tracer: createTracer(ids),
      shutdown: () => sdk.shutdown().catch((error: unknown) => tell(describe(error))),
    };
  } catch (error) {
    tell(describe(error));
    return { tracer: noTracer, shutdown: async () => {} };
  } finally {
    tell = tellDelivery;
  }
}

/** Has what the SDK says of itself written to our log: warnings and errors by `warn`. */
function listenToSdk(log: Log, warn: (message: string) => void, level: string | undefined): void {
  const debug = (message: string) => log.debug({ cause: message }, "OpenTelemetry's SDK");
  const info = (message: string) => log.info({ cause: message }, "OpenTelemetry's SDK");
  diag.setLogger(
    { error: warn, warn, info, debug, verbose: debug },
    { logLevel: diagLogLevelFromString(level) ?? DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
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

/** Says the name of a variable whose value may hold a key, or a password, instead of the value. */
function hideSecrets(message: string, env: NodeJS.ProcessEnv): string {
  return Object.entries(env).reduce(
    (hidden, [name, value]) =>
      value && /^OTEL_\w+_(?:ENDPOINT|HEADERS)$/.test(name) ? hidden.replaceAll(value, name) : hidden,
    message,
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

/** A refused connection has its address only in `errors`. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join("; ");
  return error instanceof Error ? error.message : String(error);
}
