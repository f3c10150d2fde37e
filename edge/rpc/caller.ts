import type { HandlerContext, Interceptor } from "@connectrpc/connect";
import { invalidRequest } from "../errors.ts";

/** What a service is told of the customer's call with each call made on its behalf. */
export interface PassedOn {
  /** Whose call it is, and its trace. */
  readonly headers: Headers;
  /** How long the customer still waits, if it said so. */
  readonly timeoutMs?: number;
}

// Customers do not prove who they are yet: they are one.
const defaultTenant = "default";
// The edge's own timer ends a turn, so that its end has one cause; the services' stand in for an edge that is gone.
const deadlineGraceMs = 250;

/** What the services behind are told of a call. */
export function passOn({ requestHeader, timeoutMs }: HandlerContext): PassedOn {
  const headers = new Headers({ "duet-tenant": defaultTenant });
  for (const name of ["traceparent", "tracestate"]) {
    const value = requestHeader.get(name);
    if (value !== null) headers.set(name, value);
  }
  const remainingMs = timeoutMs();
  return remainingMs === undefined ? { headers } : { headers, timeoutMs: Math.max(0, remainingMs) + deadlineGraceMs };
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
