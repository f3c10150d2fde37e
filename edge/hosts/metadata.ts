import type { Clock } from "../../infra/clock/clock.ts";
import { writeTraceContext } from "../../infra/telemetry/tracer.ts";
import type { Call } from "../call.ts";

/** What a service is told of the call on whose behalf it is asked. */
export interface CallMetadata {
  /** Whose call it is, and its place in a trace. */
  readonly headers: Headers;
  /** How long the caller still waits, in milliseconds, if it said so. */
  readonly timeoutMs?: number;
}

// The edge's own timer ends a turn, so that its end has one cause; the services' stand in for an edge that is gone.
const deadlineGraceMs = 250;
// A timeout travels as whole milliseconds of at most eight digits: a longer one would be read as a short one. 28 hours.
const mostTimeoutMs = 99_999_999;

/** The one place that says what services are told of a call. They believe it of an authenticated edge alone. */
export function toMetadata({ tenant, user, priority, span, deadline }: Call, clock: Clock): CallMetadata {
  const headers = new Headers({ "duet-tenant": tenant });
  // Whoever signs tokens names people as they like, and a header holds ASCII.
  if (user !== undefined) headers.set("duet-user", encodeURIComponent(user.toWellFormed()));
  if (priority !== 0) headers.set("duet-priority", String(priority));
  writeTraceContext(headers, span.context);
  if (deadline === undefined) return { headers };
  const timeoutMs = Math.max(0, Math.ceil(deadline - clock.now())) + deadlineGraceMs;
  return { headers, timeoutMs: Math.min(timeoutMs, mostTimeoutMs) };
}

/** How a service is called on behalf of a call, whose signal ends it. */
export function toCallOptions(call: Call, clock: Clock) {
  return { signal: call.signal, ...toMetadata(call, clock) };
}
