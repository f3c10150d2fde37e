import { createContextKey } from "@connectrpc/connect";
import type { Identity } from "../access/identity.ts";

/** The remote address of a call. The code that accepts the call from the network sets this value. */
export const peerKey = createContextKey<string | undefined>(undefined);

/** Whether the caller is an operator, who gets full error messages; set by the code that accepts calls. */
export const inFullKey = createContextKey(false);

/** The caller's identity; undefined until the call is admitted. */
export const identityKey = createContextKey<Identity | undefined>(undefined);
