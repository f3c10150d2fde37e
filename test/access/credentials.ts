import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JWTPayload, SignJWT } from "jose";
import { createApiKey } from "../../infra/net/api-key.ts";

/** The secret that tokens are signed with. */
export const secret = "a-shared-secret-of-more-than-32-characters";

/** A keys file in a folder of its own, in which keys are made. */
export interface KeysFile {
  readonly path: string;
  /**
   * Writes the file. `keys` are lines as `duet key` prints them, but for id and hash; gives the keys in their order.
   */
  write(keys: readonly string[], rest?: string): string[];
  remove(): void;
}

/** Makes a keys file. Remove it after the test. */
export function createKeysFile(): KeysFile {
  const folder = mkdtempSync(join(tmpdir(), "duet-keys-"));
  const path = join(folder, "keys.yaml");
  const made = new Map<string, ReturnType<typeof createApiKey>>();
  return {
    path,
    write(keys, rest = "") {
      const all = keys.map((fields) => {
        const key = made.get(fields) ?? createApiKey();
        made.set(fields, key);
        return { ...key, line: `  - { id: ${key.id}, sha256: "${key.sha256}", ${fields} }` };
      });
      writeFileSync(path, `keys:\n${all.map(({ line }) => line).join("\n")}\n${rest}`);
      return all.map(({ key }) => key);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Signs a token for audience `duet` that is good for a minute, except for what is said otherwise. */
export function signToken(claims: JWTPayload, key = secret): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ aud: "duet", sub: "ada", tenant: "acme", iat: now, exp: now + 60, ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode(key));
}

/** What a call brings. */
export function bearer(credential: string) {
  return { headers: { authorization: `Bearer ${credential}` } };
}
