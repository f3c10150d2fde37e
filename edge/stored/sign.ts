import { createHmac, timingSafeEqual } from "node:crypto";

/** Signs what a URL says, so that nobody but us can make one, or change one letter of it. */
export interface Signer {
  /** The query that proves a path until `expiresAt` (Unix seconds). */
  sign(path: string, expiresAt: number): string;
  /** Whether a query proves this path now. */
  proves(path: string, query: URLSearchParams): boolean;
}

/** Makes a signer. The first secret signs; all of them prove, so that one can be replaced while URLs of the old are about. */
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
      // The last letter of a text in base64 holds bits that mean nothing.
      if (given.length !== 32 || given.toString("base64url") !== said) return false;
      const isProven = secrets.map((secret) => timingSafeEqual(macOf(secret, path, expiresAt), given)).includes(true);
      return isProven && Number(expiresAt) * 1000 > unixNow();
    },
  };
}
