import type { Interceptor } from "@connectrpc/connect";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { codeOf, onEnd } from "../connect/end.ts";
import { hasLeft } from "./leaving.ts";

/** Makes the count of calls, whichever way they come. */
export function createCallCount(metrics: Metrics) {
  return metrics.counter("duet_edge_calls_total", "Calls that have ended, by their status.", ["rpc", "code"]);
}

/** Counts calls. */
export type CallCount = ReturnType<typeof createCallCount>;

/** Counts every call by its status, refused ones too; one whose caller has left is CANCELLED, whatever broke. A turn that fails after its start is a call that is OK. */
export function countCalls(calls: CallCount): Interceptor {
  return (next) => (request) =>
    onEnd(
      () => next(request),
      (end) => calls.inc({ rpc: request.method.name, code: codeOf(hasLeft(request.signal) ? "left" : end) }),
    );
}
