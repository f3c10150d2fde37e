import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Log } from "../../infra/log/log.ts";
import { tenantForm } from "../../infra/net/api-key.ts";
import type { ProfileRights } from "../call.ts";
import { refusals } from "./failures.ts";
import { type Identity, profileRights } from "./identity.ts";
import { allScopes, type Scope } from "./scopes.ts";

/** Which tokens are trusted, and what they must contain. */
export interface TokenSettings {
  /** The URL of the signers' public keys (JWKS). If it is absent, tokens are signed with `secret`. */
  readonly jwksUrl?: string | undefined;
  /** The shared secret with which HS256 tokens are signed. */
  readonly secret?: string | undefined;
  /** The issuer that a token must name in its claim `iss`. Default: any issuer. */
  readonly issuer?: string | undefined;
  /** The audience that a token must name in its claim `aud`, perhaps among others. */
  readonly audience: string;
  /** The claim that names the tenant. */
  readonly tenantClaim: string;
}

/**
 * Verifies a token and returns the identity that it proves. Throws UNAUTHENTICATED if the token is not trusted, or
 * UNAVAILABLE if it cannot be verified now.
 */
export type ReadToken = (token: string) => Promise<Omit<Identity, "priority">>;

/** Options of createReadToken. */
export interface TokenOptions extends TokenSettings {
  /** At this age, in milliseconds, public keys are fetched again. Default: 10 minutes. */
  readonly keysMaxAgeMs?: number;
  readonly log: Log;
  /** Unix time in milliseconds. Default: the system clock. */
  readonly unixNow?: () => number;
}

// Algorithms for public keys. Not HS256: it treats the key as a shared secret, so whoever has the public key can sign.
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
// The longest `sub` (the user's id) that OpenID Connect allows, in characters.
const mostUserCharacters = 255;

/** Creates a verifier of signed JSON Web Tokens. A token needs `exp`, `sub`, the right audience and a tenant. */
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

/** The scopes that a token's claim lists, separated by spaces; a token without this claim has all scopes. */
function readScopes(claim: unknown): ReadonlySet<Scope> {
  if (claim === undefined) return allScopes;
  const words = typeof claim === "string" ? claim.split(" ") : [];
  return new Set([...allScopes].filter((scope) => words.includes(scope)));
}

/** The profile of the token's holder, and the profiles that the token lists, as an array or separated by spaces. */
function readProfiles({ profile, profiles }: JWTPayload): ProfileRights {
  const isRight = profile === undefined || typeof profile === "string";
  const listed = typeof profiles === "string" ? profiles.split(" ").filter((id) => id !== "") : profiles;
  const isList = listed === undefined || (Array.isArray(listed) && listed.every((id) => typeof id === "string"));
  if (!isRight || !isList) throw refusals.wrong("token");
  // The holder's own profile is allowed even if the list omits it.
  return profileRights(profile, listed && profile !== undefined ? [profile, ...listed] : listed);
}

/** Thrown when the signers' public keys cannot be fetched. */
class SignersAwayError extends Error {
  override name = "SignersAwayError";
}

// A token with an unknown key id triggers a fetch of the keys, but at most one every 30 s.
const remoteOptions = { cooldownDuration: 30_000, timeoutDuration: 5_000 };

/**
 * Gets public keys from a URL. Once keys are known, a token signed with one of them never waits for a fetch: the keys
 * are refreshed in the background, and stay in use while the server does not answer.
 */
function createRemoteKeys(url: string, cacheMaxAge: number, log: Log): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), { ...remoteOptions, cacheMaxAge });
  const warn = (error: unknown) =>
    log.warn({ url, error: String(error) }, "the keys that verify tokens cannot be fetched");
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
      throw new SignersAwayError("the public keys that tokens are verified with cannot be fetched", { cause: error });
    }
  };
}

function isAboutToken(error: unknown): boolean {
  const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors;
  return [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported].some((kind) => error instanceof kind);
}
