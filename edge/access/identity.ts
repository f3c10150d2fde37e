import { everybody as anybody, type Call } from "../call.ts";
import { type Scope, scopes } from "./scopes.ts";

/** Who calls, as their key or token has proven. */
export interface Identity extends Pick<Call, "tenant" | "user" | "key" | "priority"> {
  /** What they may do. */
  readonly scopes: ReadonlySet<Scope>;
}

/** All that can be allowed. */
export const allScopes: ReadonlySet<Scope> = new Set(scopes);

/** What a tenant's name must look like: it travels in a header, and stands in keys of stores. */
export const tenantForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** Everybody, where nobody has to prove who they are. */
export const everybody: Identity = { ...anybody, scopes: allScopes };
