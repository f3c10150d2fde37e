import { createContextKey, type HandlerContext, type Interceptor } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Access } from "../access/access.ts";
import type { Identity } from "../access/identity.ts";
import type { RpcName } from "../access/scopes.ts";
import { type Call, createCall } from "../call.ts";
import { invalidRequest } from "../errors.ts";
import { spanOf } from "./call-spans.ts";
import { whenLeft } from "./leaving.ts";

/** The address behind a call, which whoever takes it from the network knows. */
export const peerKey = createContextKey<string | undefined>(undefined);

const identityKey = createContextKey<Identity | undefined>(undefined);

/** Lets in who may call, whichever way the call came; nothing of the request has been looked at. */
export function admitCallers(access: Access): Interceptor {
  return (next) => async (request) => {
    const { contextValues, header, method } = request;
    contextValues.set(identityKey, await access.admit(header, method.name as RpcName, contextValues.get(peerKey)));
    return next(request);
  };
}

/** The call that a handler answers. */
export function callOf(context: HandlerContext, clock: Clock): Call {
  const identity = context.values.get(identityKey);
  if (identity === undefined) throw new Error("a call has come by nobody who lets in callers");
  const remainingMs = context.timeoutMs();
  return createCall({
    identity,
    signal: whenLeft(context.signal),
    deadline: remainingMs === undefined ? undefined : clock.now() + remainingMs,
    peer: context.values.get(peerKey),
    span: spanOf(context),
    headers: context.requestHeader,
  });
}

/** Refuses a call that says of its caller what only the edge may say: nothing of that name is passed on, and nobody may hope so. */
export const refuseClaims: Interceptor = (next) => (request) => {
  const claims = [...request.header.keys()].filter((name) => name.startsWith("duet-"));
  if (claims.length > 0)
    throw invalidRequest(
      claims.map((field) => ({
        field,
        description: "is a header that only the edge sends to its services: leave it out",
      })),
    );
  return next(request);
};
