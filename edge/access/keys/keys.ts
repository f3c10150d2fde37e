import type { ProfileRights } from "../../call.ts";
import type { Limits } from "../limits/limits.ts";
import type { Scope } from "../scopes.ts";

/** An API key as the keys file describes it. */
export interface ApiKey {
  /** The SHA-256 of the key. */
  readonly sha256: Buffer;
  readonly tenant: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The priority of calls with this key; undefined: its tenant's priority. */
  readonly priority: number | undefined;
  /** When the key expires, in Unix milliseconds; undefined: never. */
  readonly expiresAt: number | undefined;
  /** The profiles that callers with this key may use. */
  readonly profiles: ProfileRights;
  /** The key's own limits, which apply in addition to its tenant's. */
  readonly limits: Limits;
}

/** A tenant as the keys file describes it. */
export interface Tenant {
  readonly priority: number;
  /** The tenant's limits. Where one is absent, the limit in the settings applies. */
  readonly limits: Limits;
}

/** The contents of a keys file. */
export interface Keys {
  /** Keys by their ids. */
  readonly keys: ReadonlyMap<string, ApiKey>;
  readonly tenants: ReadonlyMap<string, Tenant>;
}

/** The contents of a keys file that lists no keys; used where no keys file is needed. */
export const noKeys: Keys = { keys: new Map(), tenants: new Map() };
