import { everybody as anybody, type Call, type ProfileRights } from "../call.ts";
import { allScopes, type Scope } from "./scopes.ts";

/** Who calls, as their key or token has proven. */
export interface Identity extends Pick<Call, "tenant" | "user" | "key" | "priority" | "profiles"> {
  /** What they may do. */
  readonly scopes: ReadonlySet<Scope>;
}

/** Everybody, where nobody has to prove who they are. */
export const everybody: Identity = { ...anybody, scopes: allScopes };

/** Which profiles a key or token allows: `own` where a request names none, or else the first of those that it lists. */
export function profileRights(own: string | undefined, listed: readonly string[] | undefined): ProfileRights {
  return { own: own ?? listed?.[0], allowed: listed && new Set(listed) };
}
