import { timingSafeEqual } from "node:crypto";
import type { Log } from "../../infra/log/log.ts";
import { apiKeyId, hashApiKey } from "../../infra/net/api-key.ts";
import { refusals } from "./failures.ts";
import { everybody, type Identity } from "./identity.ts";
import type { Keys } from "./keys/keys.ts";
import type { TokenSettings } from "./tokens.ts";

/**
 * Identifies the caller by the credentials of a call. Throws UNAUTHENTICATED if they are missing or not valid,
 * UNAVAILABLE if they cannot be verified now.
 */
export type Identify = (headers: Headers, keys: Keys) => Promise<Identity>;

/** What a call must bring to identify its caller, and what is needed to check the key or token that it brings. */
export interface IdentifyOptions {
  readonly access: "open" | "keys" | "jwt";
  /** The issuer whose tokens are trusted. Used only if `access` is `jwt`. */
  readonly jwt: TokenSettings | undefined;
  readonly log: Log;
  /** Unix time in milliseconds. */
  readonly unixNow: () => number;
}

/** Makes the function that identifies callers. */
export async function createIdentify({ access, jwt, log, unixNow }: IdentifyOptions): Promise<Identify> {
  const isSigned = jwt?.jwksUrl !== undefined || jwt?.secret !== undefined;
  const readToken =
    access === "jwt" && isSigned ? (await import("./tokens.ts")).createReadToken({ ...jwt, log, unixNow }) : undefined;
  return async (headers, keys) => {
    if (access === "open") return everybody;
    const credential = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
    if (credential === undefined) throw refusals.nothingSent();
    const id = apiKeyId(credential);
    if (id !== undefined || readToken === undefined) return identifyKey(credential, id, keys, unixNow());
    const proven = await readToken(credential);
    return { ...proven, priority: keys.tenants.get(proven.tenant)?.priority ?? 0 };
  };
}

const nobody = Buffer.alloc(32);

/** Identifies a caller by an API key. Takes the same time whether or not the key exists. */
function identifyKey(credential: string, id: string | undefined, keys: Keys, now: number): Identity {
  const known = id === undefined ? undefined : keys.keys.get(id);
  const isRight = timingSafeEqual(hashApiKey(credential), known?.sha256 ?? nobody);
  if (known === undefined || !isRight) throw refusals.wrong("key");
  const { tenant, scopes, profiles, priority = keys.tenants.get(tenant)?.priority ?? 0, expiresAt } = known;
  if (expiresAt !== undefined && now >= expiresAt) throw refusals.expired("key");
  return { tenant, user: undefined, key: id, priority, scopes, profiles };
}
