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
  /** The environment variables of this process; the SDK cannot read any others. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * The minimum time between two warnings about spans that are not delivered, since a collector may be down for hours.
 */
const complaintPauseMs = 60_000;

/**
 * Creates a tracer with OpenTelemetry's SDK, which reads the `OTEL_*` variables itself: exporters and their protocols,
 * samplers, batches, limits, resource attributes, propagators. Values that it cannot use are reported in the log. Only
 * this file and otel-spans.ts import the SDK, and they are loaded only if tracing is requested.
 */
export function createOtel({ service, env, log, clock }: OtelOptions): { tracer: Tracer; shutdown(): Promise<void> } {
  const tellSetting = (message: string) =>
    log.warn(
      { cause: hideSecrets(message, env), set: Object.keys(env).filter((name) => name.startsWith("OTEL_")) },
      "a value of an OTEL_* variable cannot be used: see the cause, and correct or unset the variable",
    );
  const tellDelivery = createComplaint(log, clock);
  let tell = tellSetting;
  const level = env.OTEL_LOG_LEVEL?.trim() || undefined;
  const listen = () => listenToSdk(log, (message) => tell(message), level);
  setGlobalErrorHandler((error) => tell(describe(error)));

  const ids = createIds();
  try {
    // If OTEL_LOG_LEVEL is set, the SDK's constructor installs its own console logger. Ours is then installed after it,
    // below.
    if (level === undefined) listen();
    const sdk = new NodeSDK({
      resource: defaultResource().merge(resourceFromAttributes(describeProcess(service))),
      // Other resource detectors would also export the command line: they run only if the operator lists them in
      // OTEL_NODE_RESOURCE_DETECTORS.
      ...(!env.OTEL_NODE_RESOURCE_DETECTORS?.trim() && { resourceDetectors: [envDetector] }),
      idGenerator: ids,
      // The SDK is for traces only: Prometheus scrapes metrics, and logs go to standard output.
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

/** Forwards the SDK's own diagnostics to our log; warnings and errors go to `warn`. */
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

/** Replaces the values of variables that may contain a key or a password by the names of the variables. */
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
      "some traces were not delivered: check that OTEL_EXPORTER_OTLP_ENDPOINT is the address of a running collector",
    );
  };
}

/**
 * The message of an error. For an AggregateError, such as a refused connection, the messages of its `errors`: only they
 * contain the address.
 */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join("; ");
  return error instanceof Error ? error.message : String(error);
}
