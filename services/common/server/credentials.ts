import { createHash, timingSafeEqual } from "node:crypto";
import { ServerCredentials } from "@grpc/grpc-js";
import type { Metadata, ServerMiddleware } from "nice-grpc";
import type { Log } from "../../../infra/log/log.ts";
import { type Address, formatAddress, isLoopback } from "../../../infra/net/address.ts";
import type { Credentials } from "../../../infra/net/credentials.ts";
import { UnauthenticatedError } from "../errors/request-error.ts";
import { checkClaims, dropClaims, hasClaims } from "./caller.ts";

/** Throws if other machines could call without any authentication. */
export function refuseOpenAddress(address: Address, setting: string, credentials: Credentials): void {
  if (isLoopback(address.host) || credentials.token !== undefined || credentials.tls !== undefined) return;
  throw new Error(
    `${setting}=${formatAddress(address)} can be reached from other machines, and callers would not be authenticated: set DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA, or DUET_SERVICE_TOKEN, here and at the edge; or set ${setting}=127.0.0.1:${address.port}`,
  );
}

/** Warns if callers on other machines would send the token unencrypted. */
export function warnOfClearToken(address: Address, { token, tls }: Credentials, log: Log): void {
  if (token !== undefined && tls === undefined && !isLoopback(address.host))
    log.warn(
      { address: formatAddress(address) },
      "DUET_SERVICE_TOKEN and all conversations are sent unencrypted here: set DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA, or make sure that the network encrypts them",
    );
}

/** The gRPC credentials of a port. With TLS, a caller without a certificate signed by the CA gets no connection. */
export function toServerCredentials({ tls }: Credentials): ServerCredentials {
  return tls === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(tls.ca, [{ cert_chain: tls.cert, private_key: tls.key }], true);
}

/**
 * If a token is set, rejects every call without that token with UNAUTHENTICATED. An edge that has authenticated itself
 * may make claims about the caller, which are checked; anybody else's claims are removed.
 */
export function callGate(credentials: Credentials): ServerMiddleware {
  const admit = createAdmission(credentials);
  return async function* callGateMiddleware(call, context) {
    admit(context.metadata);
    return yield* call.next(call.request, context);
  };
}

/**
 * Like `callGate`, but for health checks: a caller that sends neither a token nor claims passes, since orchestrators
 * have no token. An edge sends claims, so it learns here, before its first turn, that its token is wrong or missing.
 */
export function healthGate(credentials: Credentials): ServerMiddleware {
  const admit = createAdmission(credentials);
  return async function* healthGateMiddleware(call, context) {
    if (context.metadata.has("authorization") || hasClaims(context.metadata)) admit(context.metadata);
    return yield* call.next(call.request, context);
  };
}

function createAdmission({ token, tls }: Credentials): (metadata: Metadata) => void {
  const expected = token === undefined ? undefined : digest(token);
  return (metadata) => {
    if (expected === undefined && tls === undefined) return dropClaims(metadata);
    try {
      if (expected !== undefined) checkToken(metadata.get("authorization"), expected);
      checkClaims(metadata);
    } catch (error) {
      dropClaims(metadata);
      throw error;
    }
  };
}

function checkToken(authorization: string | undefined, expected: Buffer): void {
  const [, token] = /^bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined)
    throw new UnauthenticatedError(
      "this service requires a token: set DUET_SERVICE_TOKEN to the same value on both sides (authorization: Bearer TOKEN)",
    );
  if (!timingSafeEqual(digest(token), expected))
    throw new UnauthenticatedError("the token is wrong: set DUET_SERVICE_TOKEN to the same value on both sides");
}

// Hashes a token, since `timingSafeEqual` compares only values of equal length, and a caller may send any length.
function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
