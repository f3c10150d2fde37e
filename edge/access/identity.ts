import { everybody as anybody, type Call } from "../call.ts";
import { allScopes, type Scope } from "./scopes.ts";

/** Who calls, as their key or token has proven. */
export interface Identity extends Pick<Call, "tenant" | "user" | "key" | "priority"> {
  /** What they may do. */
  readonly scopes: ReadonlySet<Scope>;
}

/** Everybody, where nobody has to prove who they are. */
export const everybody: Identity = { ...anybody, scopes: allScopes };
