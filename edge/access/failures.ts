import { Failure, type QuotaViolation } from "../errors.ts";

/** Refusals of access. Callers read these messages, so they reveal no setting, no address and nothing about a key. */
export const refusals = {
  nothingSent: () =>
    new Failure(
      "UNAUTHENTICATED",
      "CREDENTIALS_MISSING",
      "an API key or a token is required: send it in the header authorization: Bearer …",
    ),
  wrong: (what: "key" | "token") =>
    new Failure(
      "UNAUTHENTICATED",
      "CREDENTIALS_WRONG",
      what === "key"
        ? "this is not an API key of this deployment: check that it is complete and has not been revoked"
        : "this token is not accepted here: check its signature, issuer, audience and claims",
    ),
  expired: (what: "key" | "token") =>
    new Failure("UNAUTHENTICATED", "CREDENTIALS_EXPIRED", `this ${what} has expired: use a new one`),
  signersAway: (cause: unknown) =>
    new Failure("UNAVAILABLE", "SIGNERS_UNREACHABLE", "tokens cannot be checked at the moment: try again in a moment", {
      retryDelayMs: 1_000,
      cause,
    }),
  notAllowed: (rpc: string, scopes: readonly string[]) =>
    new Failure(
      "PERMISSION_DENIED",
      "SCOPE_MISSING",
      `this key or token does not allow ${rpc}: it needs the scope ${scopes.join(" or ")}`,
    ),
  triedTooOften: (retryDelayMs: number) =>
    new Failure(
      "RESOURCE_EXHAUSTED",
      "TOO_MANY_FAILED_TRIES",
      "this address has sent too many invalid keys or tokens: correct them, and try again later",
      { retryDelayMs },
    ),
  limited: (
    reason: "TOO_MANY_REQUESTS" | "TOO_MANY_TURNS_OF_TENANT" | "TOO_MANY_TURNS_OF_PROFILE" | "AUDIO_QUOTA_USED",
    refusal: Limited,
  ) =>
    new Failure(
      "RESOURCE_EXHAUSTED",
      reason,
      `${refusal.quota.subject} has reached its limit of ${refusal.quota.description}: try again later`,
      {
        retryDelayMs: refusal.retryDelayMs,
        quota: [refusal.quota],
        ...(refusal.limit !== undefined && { metadata: { limit: String(refusal.limit) } }),
      },
    ),
};

/** A limit that has been reached. */
export interface Limited {
  /** Which limit was reached, and whose limit it is. */
  readonly quota: QuotaViolation;
  /** When a retry may succeed, in milliseconds from now. */
  readonly retryDelayMs: number;
  /** How many requests a minute are permitted; given only if the limit that was reached is the one on requests. */
  readonly limit?: number;
}
