import type { Clock } from "../../infra/clock/clock.ts";
import { writeTraceContext } from "../../infra/telemetry/tracer.ts";
import type { Call } from "../call.ts";

/** The information about a call that is passed on to the service which works for it. */
export interface CallMetadata {
  /** Headers with the tenant, the user, the priority and the trace context. */
  readonly headers: Headers;
  /** How much longer the caller waits, in milliseconds; absent if the caller set no deadline. */
  readonly timeoutMs?: number;
}

// How much longer than the caller a service waits, in milliseconds. Normally the edge's own timer ends a turn, so that
// the turn's end has a single cause; the service's timer matters only if the edge is gone.
const deadlineGraceMs = 250;
// A gRPC timeout in milliseconds has at most eight digits, about 28 hours; a longer one would be misread as a short
// one.
const mostTimeoutMs = 99_999_999;

/** Makes the metadata that tells a service about a call. Services believe it only if the edge is authenticated. */
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
