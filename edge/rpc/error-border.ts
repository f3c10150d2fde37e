import { ConnectError, type Interceptor } from "@connectrpc/connect";
import type { Log } from "../../infra/log/log.ts";
import { mapErrors, toConnectError, toFailure } from "../connect/errors.ts";
import { describeCause, Failure } from "../errors.ts";
import { inFullKey } from "./keys.ts";

/** Converts whatever a call throws to an error that the caller understands, and logs errors of the edge. */
export function errorBorder(log: Log): Interceptor {
  return mapErrors((error, { signal, contextValues, method, stream }) => {
    const isOurFault = !(error instanceof Failure || error instanceof ConnectError);
    // When a caller hangs up, writing the answer fails: that is not the edge's fault, so it is not logged.
    if (isOurFault && !signal.aborted)
      log.error({ cause: describeCause(error) }, "a call failed because of an internal error of the edge");
    const failure = toFailure(error);
    // Failures with a fuller message for operators are logged here, except those of streams: turns log their own
    // failures.
    if (!stream && failure.inFull !== failure.message)
      log.warn({ rpc: method.name, reason: failure.reason }, failure.inFull);
    const rpc = `${method.parent.typeName}/${method.name}`;
    return toConnectError(failure, { inFull: contextValues.get(inFullKey), rpc });
  });
}
