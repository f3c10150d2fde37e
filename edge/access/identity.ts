import { everybody as anybody, type Call, type ProfileRights } from "../call.ts";
import { allScopes, type Scope } from "./scopes.ts";

/** A caller's identity, as proven by its API key or access token. */
export interface Identity extends Pick<Call, "tenant" | "user" | "key" | "priority" | "profiles"> {
  /** What the caller may do. */
  readonly scopes: ReadonlySet<Scope>;
}

/** The identity of every caller where nobody has to authenticate. */
export const everybody: Identity = { ...anybody, scopes: allScopes };

/** The profiles that a key or token allows. A request that names no profile gets `own`, or else the first `listed`. */
export function profileRights(own: string | undefined, listed: readonly string[] | undefined): ProfileRights {
  return { own: own ?? listed?.[0], allowed: listed && new Set(listed) };
}
