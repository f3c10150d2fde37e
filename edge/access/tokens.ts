import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Log } from "../../infra/log/log.ts";
import { tenantForm } from "../../infra/net/api-key.ts";
import type { ProfileRights } from "../call.ts";
import { refusals } from "./failures.ts";
import { type Identity, profileRights } from "./identity.ts";
import { allScopes, type Scope } from "./scopes.ts";

/** Whose tokens are believed, and what they must say. */
export interface TokenSettings {
  /** Where the public keys of those who sign are (JWKS); else they share `secret`. */
  readonly jwksUrl?: string | undefined;
  /** What HS256 tokens are signed with. */
  readonly secret?: string | undefined;
  /** What `iss` must be. Default: anything. */
  readonly issuer?: string | undefined;
  /** What `aud` must name. */
  readonly audience: string;
  /** The claim that names the tenant. */
  readonly tenantClaim: string;
}

/** Who a token says that it is. Throws UNAUTHENTICATED if it is not believed, UNAVAILABLE if that cannot be told now. */
export type ReadToken = (token: string) => Promise<Omit<Identity, "priority">>;

/** Options of createReadToken. */
export interface TokenOptions extends TokenSettings {
  /** After how long public keys are fetched again, in milliseconds. Default: 10 minutes. */
  readonly keysMaxAgeMs?: number;
  readonly log: Log;
  /** Unix time in milliseconds. Default: the machine's. */
  readonly unixNow?: () => number;
}

// Whoever has a public key cannot sign with it: HS256 is for a shared secret alone.
const asymmetric = [
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
];
const clockToleranceSeconds = 5;
// OpenID Connect allows a `sub` no more.
const mostUserCharacters = 255;

/** Makes what reads JSON Web Tokens: signed, not encrypted, with `exp`, `sub`, the audience and a tenant. */
export function createReadToken(options: TokenOptions): ReadToken {
  const { jwksUrl, secret = "", issuer, audience, tenantClaim, log, unixNow = Date.now } = options;
  const { keysMaxAgeMs = 600_000 } = options;
  const key = jwksUrl === undefined ? new TextEncoder().encode(secret) : createRemoteKeys(jwksUrl, keysMaxAgeMs, log);
  const rules = {
    algorithms: jwksUrl === undefined ? ["HS256"] : asymmetric,
    audience,
    ...(issuer !== undefined && { issuer }),
    requiredClaims: ["exp", "sub"],
    clockTolerance: clockToleranceSeconds,
  };
  const verify = async (token: string): Promise<JWTPayload> => {
    const all = { ...rules, currentDate: new Date(unixNow()) };
    const verified = await (typeof key === "function" ? jwtVerify(token, key, all) : jwtVerify(token, key, all));
    return verified.payload;
  };

  return async (token) => {
    let claims: JWTPayload;
    try {
      claims = await verify(token);
    } catch (error) {
      if (error instanceof SignersAwayError) throw refusals.signersAway(error.cause);
      throw error instanceof errors.JWTExpired ? refusals.expired("token") : refusals.wrong("token");
    }
    const { sub: user, [tenantClaim]: tenant } = claims;
    const isUser = typeof user === "string" && user.length > 0 && user.length <= mostUserCharacters;
    if (!isUser || typeof tenant !== "string" || !tenantForm.test(tenant)) throw refusals.wrong("token");
    return { tenant, user, key: undefined, scopes: readScopes(claims.scope), profiles: readProfiles(claims) };
  };
}

/** The scopes that a token lists with blanks between them; one that lists none, ours or others', allows all. */
function readScopes(claim: unknown): ReadonlySet<Scope> {
  if (claim === undefined) return allScopes;
  const words = typeof claim === "string" ? claim.split(" ") : [];
  return new Set([...allScopes].filter((scope) => words.includes(scope)));
}

/** The profile that a token's holder has, and those that it lists: in a list, or with blanks between them. */
function readProfiles({ profile, profiles }: JWTPayload): ProfileRights {
  const isRight = profile === undefined || typeof profile === "string";
  const listed = typeof profiles === "string" ? profiles.split(" ").filter((id) => id !== "") : profiles;
  const isList = listed === undefined || (Array.isArray(listed) && listed.every((id) => typeof id === "string"));
  if (!isRight || !isList) throw refusals.wrong("token");
  // Whoever signs may name the one beside the others.
  return profileRights(profile, listed && profile !== undefined ? [profile, ...listed] : listed);
}

/** The keys of those who sign cannot be had. */
class SignersAwayError extends Error {
  override name = "SignersAwayError";
}

// A key that is not known is asked for, but not for each token that names one.
const remoteOptions = { cooldownDuration: 30_000, timeoutDuration: 5_000 };

/**
 * Keys at an address. Once they are known no token waits for them: they are asked for again beside it, and while nobody answers the known ones
 * serve on.
 */
function createRemoteKeys(url: string, cacheMaxAge: number, log: Log): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), { ...remoteOptions, cacheMaxAge });
  const warn = (error: unknown) =>
    log.warn({ url, error: String(error) }, "the keys that tokens are signed with cannot be fetched");
  return async (header, token) => {
    const known = remote.jwks();
    if (known !== undefined)
      try {
        const key = await createLocalJWKSet(known)(header, token);
        if (!remote.fresh && !remote.coolingDown) remote.reload().catch(warn);
        return key;
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      }
    try {
      return await remote(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      warn(error);
      throw new SignersAwayError("the keys cannot be fetched", { cause: error });
    }
  };
}

function isAboutToken(error: unknown): boolean {
  const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors;
  return [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported].some((kind) => error instanceof kind);
}
