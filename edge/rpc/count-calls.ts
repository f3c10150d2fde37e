import type { Interceptor } from "@connectrpc/connect";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { codeOf, onEnd } from "../connect/end.ts";
import { hasLeft } from "./leaving.ts";

/** Makes the counter of calls, which all APIs share. */
export function createCallCount(metrics: Metrics) {
  return metrics.counter("duet_edge_calls_total", "Calls that have ended, by their status.", ["rpc", "code"]);
}

/** The counter of calls that `createCallCount` makes. */
export type CallCount = ReturnType<typeof createCallCount>;

/**
 * Counts every call by its status, including refused calls. If the caller has left, the status is CANCELLED, whatever
 * error followed. If a turn fails after it has started, the call itself counts as OK.
 */
export function countCalls(calls: CallCount): Interceptor {
  return (next) => (request) =>
    onEnd(
      () => next(request),
      (end) => calls.inc({ rpc: request.method.name, code: codeOf(hasLeft(request.signal) ? "left" : end) }),
    );
}
