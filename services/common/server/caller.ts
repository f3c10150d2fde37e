import type { Metadata } from "nice-grpc";
import { InvalidRequestError } from "../errors/request-error.ts";

/** On whose behalf a call is made, as an authenticated edge says. */
export interface Caller {
  /** The customer: `duet-tenant`. */
  readonly tenant: string;
  /** The program that calls: `duet-caller`. */
  readonly caller: string;
}

const claims = ["duet-tenant", "duet-caller"] as const;
const claimForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/**
 * Who calls; undefined if the caller does not say both, or is not authenticated: then `dropClaims` has been here before.
 * For logs and for sharing things out, never for metrics: there is no end of tenants.
 */
export function callerOf({ metadata }: { metadata: Metadata }): Caller | undefined {
  const [tenant, caller] = claims.map((name) => metadata.get(name));
  return tenant === undefined || caller === undefined ? undefined : { tenant, caller };
}

/** Whose call it is, from coarse to fine: the tenant, and its user if that is known. Empty: nobody says. */
export function whoseOf({ metadata }: { metadata: Metadata }): readonly string[] {
  const tenant = metadata.get("duet-tenant");
  const user = metadata.get("duet-user");
  if (tenant === undefined) return [];
  return user === undefined ? [tenant] : [tenant, user];
}

/** How urgent a call is, as an authenticated edge says: lower is served earlier. Default 0; what is no whole number from -1000 to 1000 counts as 0. */
export function priorityOf({ metadata }: { metadata: Metadata }): number {
  const said = Number(metadata.get("duet-priority") ?? 0);
  return Number.isInteger(said) && Math.abs(said) <= 1000 ? said : 0;
}

/** Whether a call says anything of its caller. */
export function hasClaims(metadata: Metadata): boolean {
  return claimNames(metadata).length > 0;
}

/** Throws InvalidRequestError if what an authenticated caller says of itself cannot be a name. */
export function checkClaims(metadata: Metadata): void {
  const wrong = claims.filter((name) => metadata.has(name) && !claimForm.test(metadata.get(name) ?? ""));
  if (wrong.length > 0)
    throw new InvalidRequestError(
      ...wrong.map((field) => ({
        field,
        description: "must be one name of 1 to 64 letters, digits and . _ : -, beginning with a letter or digit",
      })),
    );
}

/** Forgets what a caller that nobody has authenticated says of itself. */
export function dropClaims(metadata: Metadata): void {
  for (const name of claimNames(metadata)) metadata.delete(name);
}

function claimNames(metadata: Metadata): string[] {
  return [...metadata].map(([name]) => name).filter((name) => name.startsWith("duet-"));
}
