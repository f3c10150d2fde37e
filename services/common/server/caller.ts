import type { Metadata } from "nice-grpc";
import { InvalidRequestError } from "../errors/request-error.ts";

/** On whose behalf a call is made, according to an authenticated edge. */
export interface Caller {
  /** The customer, from the metadata field `duet-tenant`. */
  readonly tenant: string;
  /** The calling program, from the metadata field `duet-caller`. */
  readonly caller: string;
}

const claims = ["duet-tenant", "duet-caller"] as const;
const claimForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/**
 * The caller; undefined unless the metadata names both tenant and program. Unauthenticated callers' claims have already
 * been removed by `dropClaims`. Use this for logs and fair sharing, never in metrics, since tenants are unlimited in
 * number.
 */
export function callerOf({ metadata }: { metadata: Metadata }): Caller | undefined {
  const [tenant, caller] = claims.map((name) => metadata.get(name));
  return tenant === undefined || caller === undefined ? undefined : { tenant, caller };
}

/** The owner of a call, from coarse to fine: the tenant, then its user if known. Empty if unknown. */
export function whoseOf({ metadata }: { metadata: Metadata }): readonly string[] {
  const tenant = metadata.get("duet-tenant");
  const user = metadata.get("duet-user");
  if (tenant === undefined) return [];
  return user === undefined ? [tenant] : [tenant, user];
}

/**
 * A call's priority, according to an authenticated edge: calls with a lower number are served earlier. Anything but an
 * integer from -1000 to 1000 counts as the default, 0.
 */
export function priorityOf({ metadata }: { metadata: Metadata }): number {
  const said = Number(metadata.get("duet-priority") ?? 0);
  return Number.isInteger(said) && Math.abs(said) <= 1000 ? said : 0;
}

/** Whether a call's metadata makes claims about the caller, in fields whose names begin with `duet-`. */
export function hasClaims(metadata: Metadata): boolean {
  return claimNames(metadata).length > 0;
}

/** Throws InvalidRequestError if the tenant or program that an authenticated caller claims is not a valid name. */
export function checkClaims(metadata: Metadata): void {
  const wrong = claims.filter((name) => metadata.has(name) && !claimForm.test(metadata.get(name) ?? ""));
  if (wrong.length > 0)
    throw new InvalidRequestError(
      ...wrong.map((field) => ({
        field,
        description: "must be a single name of 1 to 64 letters, digits and . _ : -, beginning with a letter or digit",
      })),
    );
}

/** Removes the claims of a caller that is not authenticated. */
export function dropClaims(metadata: Metadata): void {
  for (const name of claimNames(metadata)) metadata.delete(name);
}

function claimNames(metadata: Metadata): string[] {
  return [...metadata].map(([name]) => name).filter((name) => name.startsWith("duet-"));
}
