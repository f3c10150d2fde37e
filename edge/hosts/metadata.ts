import type { Clock } from "../../infra/clock/clock.ts";
import { writeTraceContext } from "../../infra/telemetry/tracer.ts";
import type { Call } from "../call.ts";

/** What a service is told about the call on whose behalf it is asked. */
export interface CallMetadata {
  /** Whose call it is, and its trace context. */
  readonly headers: Headers;
  /** How much longer the caller waits, in milliseconds, if it set a deadline. */
  readonly timeoutMs?: number;
}

// The edge's own timer ends a turn, so that its end has a single cause; the services' timers are for an edge that is
// gone.
const deadlineGraceMs = 250;
// A gRPC timeout is a whole number of milliseconds with at most eight digits, 28 hours; a longer one would be misread
// as short.
const mostTimeoutMs = 99_999_999;

/** The one place that decides what services are told about a call. They trust this only from an authenticated edge. */
export function toMetadata({ tenant, user, priority, span, deadline }: Call, clock: Clock): CallMetadata {
  const headers = new Headers({ "duet-tenant": tenant });
  // A token's issuer may name people in any script, but a header holds only ASCII.
  if (user !== undefined) headers.set("duet-user", encodeURIComponent(user.toWellFormed()));
  if (priority !== 0) headers.set("duet-priority", String(priority));
  writeTraceContext(headers, span.context);
  if (deadline === undefined) return { headers };
  const timeoutMs = Math.max(0, Math.ceil(deadline - clock.now())) + deadlineGraceMs;
  return { headers, timeoutMs: Math.min(timeoutMs, mostTimeoutMs) };
}

/** Options for calling a service on behalf of a call: the call's signal cancels it. */
export function toCallOptions(call: Call, clock: Clock) {
  return { signal: call.signal, ...toMetadata(call, clock) };
}
