import { createHmac, timingSafeEqual } from "node:crypto";

/** Signs URLs, so that nobody else can make a valid URL or change a single character of one. */
export interface Signer {
  /** Returns the query that makes a URL with this path valid until `expiresAt` (Unix seconds). */
  sign(path: string, expiresAt: number): string;
  /** Whether a query has a valid signature for this path and has not expired. */
  proves(path: string, query: URLSearchParams): boolean;
}

/**
 * Makes a signer. The first secret signs; all secrets verify, so that a secret can be replaced while URLs signed with
 * the old one are in use.
 */
export function createSigner(secrets: readonly [string, ...string[]], unixNow: () => number): Signer {
  const macOf = (secret: string, path: string, expiresAt: string) =>
    createHmac("sha256", secret).update(`GET\n${path}\n${expiresAt}`).digest();
  return {
    sign(path, expiresAt) {
      const mac = macOf(secrets[0], path, String(expiresAt));
      return new URLSearchParams({ e: String(expiresAt), s: mac.toString("base64url") }).toString();
    },
    proves(path, query) {
      const expiresAt = query.get("e") ?? "";
      const said = query.get("s") ?? "";
      const given = Buffer.from(said, "base64url");
      // The last base64 character has unused bits, so one signature could be written in several ways; only one is
      // accepted.
      if (given.length !== 32 || given.toString("base64url") !== said) return false;
      const isProven = secrets.map((secret) => timingSafeEqual(macOf(secret, path, expiresAt), given)).includes(true);
      return isProven && Number(expiresAt) * 1000 > unixNow();
    },
  };
}
