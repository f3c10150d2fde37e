import { ConnectError, type Interceptor } from "@connectrpc/connect";
import type { Log } from "../../infra/log/log.ts";
import { mapErrors, toConnectError, toFailure } from "../connect/errors.ts";
import { describeCause, Failure } from "../errors.ts";
import { inFullKey } from "./keys.ts";

/** The border of every call: whatever it throws leaves it as a failure that its caller understands. */
export function errorBorder(log: Log): Interceptor {
  return mapErrors((error, { signal, contextValues, method, stream }) => {
    const isOurFault = !(error instanceof Failure || error instanceof ConnectError);
    // A caller that hangs up makes whatever was being written to it fail.
    if (isOurFault && !signal.aborted) log.error({ cause: describeCause(error) }, "the edge failed");
    const failure = toFailure(error);
    // A turn tells the log of its own end.
    if (!stream && failure.inFull !== failure.message)
      log.warn({ rpc: method.name, reason: failure.reason }, failure.inFull);
    const rpc = `${method.parent.typeName}/${method.name}`;
    return toConnectError(failure, { inFull: contextValues.get(inFullKey), rpc });
  });
}
