import { create } from "@bufbuild/protobuf";
import type { HandlerContext, Interceptor, UnaryRequest } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Access } from "../access/access.ts";
import type { RpcName } from "../access/scopes.ts";
import { type Call, createCall } from "../call.ts";
import { invalidRequest } from "../errors.ts";
import { spanOf } from "./call-spans.ts";
import { identityKey, inFullKey, peerKey } from "./keys.ts";
import { whenLeft } from "./leaving.ts";

/**
 * Authenticates and admits callers, whichever protocol they use, before any of the request's body is read. A refused
 * call still passes through `watch`, so that it is counted and its error is converted like any other.
 */
export function admitCallers(
  access: Access,
  watch: readonly Interceptor[],
): (context: HandlerContext) => Promise<void> {
  return async ({ method, values, requestHeader, ...context }) => {
    if (values.get(identityKey) !== undefined) return;
    try {
      refuseClaims(requestHeader);
      values.set(identityKey, await access.admit(requestHeader, method.name as RpcName, values.get(peerKey)));
    } catch (refusal) {
      const refuse = watch.reduceRight<ReturnType<Interceptor>>(
        (next, interceptor) => interceptor(next),
        () => Promise.reject(refusal),
      );
      const message = create(method.input);
      const request = { ...context, stream: false, method, message, contextValues: values, header: requestHeader };
      await refuse(request as UnaryRequest);
    }
  };
}

/** The call that a handler answers, as a `Call`. */
export function callOf(context: HandlerContext, clock: Clock): Call {
  const identity = context.values.get(identityKey);
  if (identity === undefined) throw new Error("a call was not authenticated before it reached its handler");
  const remainingMs = context.timeoutMs();
  return createCall({
    identity,
    signal: whenLeft(context.signal),
    deadline: remainingMs === undefined ? undefined : clock.now() + remainingMs,
    peer: context.values.get(peerKey),
    inFull: context.values.get(inFullKey),
    span: spanOf(context),
    headers: context.requestHeader,
  });
}

/**
 * Rejects a call that contains headers which only the edge may send to its services. The edge would not pass them on in
 * any case; the call is rejected so that its caller does not believe that they have an effect.
 */
function refuseClaims(header: Headers): void {
  const claims = [...header.keys()].filter((name) => name.startsWith("duet-"));
  if (claims.length > 0)
    throw invalidRequest(
      claims.map((field) => ({
        field,
        reason: "NOT_ALLOWED",
        description: "is a header that only the edge sends to its services: leave it out",
      })),
    );
}
