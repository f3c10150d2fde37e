import type { ProfileRights } from "../../call.ts";
import type { Limits } from "../limits/limits.ts";
import type { Scope } from "../scopes.ts";

/** What is known of a key. */
export interface ApiKey {
  /** Its SHA-256. */
  readonly sha256: Buffer;
  readonly tenant: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Default: its tenant's. */
  readonly priority: number | undefined;
  /** From when on it is refused, in milliseconds of Unix time; undefined: never. */
  readonly expiresAt: number | undefined;
  /** Which profiles it may use. */
  readonly profiles: ProfileRights;
  /** Limits of its own, besides its tenant's. */
  readonly limits: Limits;
}

/** What is known of a tenant. */
export interface Tenant {
  readonly priority: number;
  /** What is not said here is that of the settings. */
  readonly limits: Limits;
}

/** What a keys file says. */
export interface Keys {
  /** Keys by their ids. */
  readonly keys: ReadonlyMap<string, ApiKey>;
  readonly tenants: ReadonlyMap<string, Tenant>;
}

/** Nothing. */
export const noKeys: Keys = { keys: new Map(), tenants: new Map() };
