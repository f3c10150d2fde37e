import { createContextKey } from "@connectrpc/connect";
import type { Identity } from "../access/identity.ts";

/** The remote address of a call, set by whatever accepts it from the network. */
export const peerKey = createContextKey<string | undefined>(undefined);

/** Whether the caller runs the deployment, set by whatever accepts the call from the network. */
export const inFullKey = createContextKey(false);

/** The caller's identity, once it is authenticated or if no authentication is required. */
export const identityKey = createContextKey<Identity | undefined>(undefined);
