import { ServerError, type ServerMiddleware, Status } from "nice-grpc";
import { ErrorInfo, RichServerError } from "nice-grpc-error-details";
import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import type { CountingProcess, Metrics } from "../../../infra/telemetry/metrics.ts";
import { readTraceContext } from "../../../infra/telemetry/tracer.ts";
import { toServerError } from "../errors/classify.ts";
import { EngineError } from "../errors/engine-error.ts";
import { callerOf } from "./caller.ts";

/**
 * The buckets of the histogram of call durations, in seconds: up to five minutes, since a call may last as long as it
 * takes to speak a long answer.
 */
const callBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Converts anything that a call throws to a gRPC status. Logs the end of every call, without any user's words. */
export function errorBorder(log: Log): ServerMiddleware {
  return async function* errorBorderMiddleware(call, context) {
    const method = methodName(call.method.path);
    try {
      const result = yield* call.next(call.request, context);
      log.debug({ method, code: "OK", ...callerOf(context) }, "call ended");
      return result;
    } catch (error) {
      const status = toServerError(error, context.signal);
      report(log, { method, ...callerOf(context) }, status, error);
      throw status;
    }
  };
}

/**
 * Counts calls by method and code; measures calls in progress and durations. `service` becomes part of metric names.
 */
export function callMetrics(metrics: Metrics, service: CountingProcess, clock: Clock): ServerMiddleware {
  const calls = metrics.counter(`duet_${service}_calls_total`, "Calls that have ended, by gRPC code.", ["rpc", "code"]);
  const running = metrics.gauge(`duet_${service}_calls_in_flight`, "Calls in progress.", ["rpc"]);
  const duration = metrics.histogram(
    `duet_${service}_call_duration_seconds`,
    "How long calls take.",
    ["rpc"],
    callBuckets,
  );
  return async function* callMetricsMiddleware(call, context) {
    const rpc = methodName(call.method.path);
    const startedAt = clock.now();
    // If the caller leaves early, neither the normal end nor `catch` is reached, so `code` keeps this initial value.
    let code: keyof typeof Status = "CANCELLED";
    running.inc({ rpc });
    try {
      const result = yield* call.next(call.request, context);
      code = "OK";
      return result;
    } catch (error) {
      code = codeName(error);
      throw error;
    } finally {
      running.dec({ rpc });
      calls.inc({ rpc, code });
      duration.observe({ rpc }, (clock.now() - startedAt) / 1000, readTraceContext(context.metadata));
    }
  };
}

/** The method of a path: `Generate` for `/duet.generate.v1.GenerateService/Generate`. */
function methodName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** An error's gRPC code, such as `NOT_FOUND`. */
export function codeName(error: unknown): keyof typeof Status {
  return (error instanceof ServerError ? Status[error.code] : "UNKNOWN") as keyof typeof Status;
}

/**
 * Logs an error: at level error if it is INTERNAL (a fault of this service or of its operator), at level debug if it is
 * a caller's own mistake or a cancellation, otherwise at level warn.
 */
function report(log: Log, call: object, status: ServerError, error: unknown): void {
  const code = codeName(status);
  const info =
    status instanceof RichServerError ? status.extra.find((detail) => detail.$type === ErrorInfo.$type) : undefined;
  const reason = (info as ErrorInfo | undefined)?.reason;
  const said = error instanceof EngineError ? error.forLog : undefined;
  if (status.code === Status.INTERNAL)
    log.error({ ...call, code, reason, said, at: reason === "INTERNAL" ? frames(error) : undefined }, status.details);
  else if (
    status.code === Status.CANCELLED ||
    status.code === Status.INVALID_ARGUMENT ||
    status.code === Status.NOT_FOUND
  )
    log.debug({ ...call, code, reason }, status.details);
  else log.warn({ ...call, code, reason, said }, status.details);
}

/** The kind and stack frames of an unknown error; not its message, which could quote what a user wrote. */
function frames(error: unknown): string[] {
  if (!(error instanceof Error)) return [typeof error];
  const places = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return [error.name, ...places.map((line) => line.trim())];
}
