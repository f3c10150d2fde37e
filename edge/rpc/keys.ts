import { createContextKey } from "@connectrpc/connect";
import type { Identity } from "../access/identity.ts";

/** The address behind a call, which whoever takes it from the network knows. */
export const peerKey = createContextKey<string | undefined>(undefined);

/** Whether whoever calls runs the deployment, which whoever takes a call from the network knows. */
export const inFullKey = createContextKey(false);

/** Who calls, once they have proven it, or where nobody has to. */
export const identityKey = createContextKey<Identity | undefined>(undefined);
