import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { Credentials } from "../net/credentials.ts";
import { SettingsError } from "../settings/error.ts";
import type { Values } from "../settings/setting.ts";
import type { shared } from "../settings/shared.ts";
import { nameOf } from "./declared.ts";

const parts = ["cert", "key", "ca"] as const;
type Part = (typeof parts)[number];
const names = { cert: nameOf("tls.cert"), key: nameOf("tls.key"), ca: nameOf("tls.ca") };

/**
 * Reads the files that the settings name. Throws SettingsError, one line for each fault: a file that is missing, cannot be read or
 * is not what it should be, a key of another certificate, a certificate that has expired by `nowMs` (Unix time).
 */
export function readCredentials(
  { serviceToken: token, tls: files }: Pick<Values<typeof shared>, "serviceToken" | "tls">,
  nowMs = Date.now(),
): Credentials {
  const missing = parts.filter((part) => files[part] === undefined).map((part) => names[part]);
  if (missing.length === parts.length) return { token, tls: undefined };
  if (missing.length > 0)
    throw new SettingsError(
      `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set: TLS between edge and services takes all of ${Object.values(names).join(", ")}, or none`,
    );

  const faults: string[] = [];
  const complain = (part: Part, text: string) => faults.push(`${names[part]}=${files[part]}: ${text}`);
  /** What is read and made of a file, or a line among the faults. */
  const attempt = <T>(part: Part, remedy: string, make: (path: string) => T): T | undefined => {
    try {
      return make(files[part] as string);
    } catch (error) {
      complain(part, complaint(error) ?? remedy);
      return undefined;
    }
  };
  const [cert, key, ca] = parts.map((part) => attempt(part, "", (path) => readFileSync(path)));
  if (cert === undefined || key === undefined || ca === undefined) throw new SettingsError(faults.join("\n"));

  const noCertificate = "holds no certificate in PEM (-----BEGIN CERTIFICATE-----)";
  const own = attempt("cert", noCertificate, () => new X509Certificate(cert));
  const ownKey = attempt("key", "holds no private key in PEM without a passphrase", () => createPrivateKey(key));
  attempt("ca", noCertificate, () => new X509Certificate(ca));
  if (own !== undefined && own.validToDate.getTime() <= nowMs)
    complain("cert", `has expired on ${own.validTo}: make a new one`);
  if (own !== undefined && ownKey !== undefined && !own.checkPrivateKey(ownKey))
    complain("key", `is not the key of ${names.cert}: name the two that belong together`);
  if (faults.length > 0) throw new SettingsError(faults.join("\n"));

  const tls = { cert, key, ca };
  attempt("cert", "is not accepted by OpenSSL: make one with a key of 2048 bits or more", () =>
    createSecureContext(tls),
  );
  if (faults.length > 0) throw new SettingsError(faults.join("\n"));
  return { token, tls };
}

/** What the file system says, in our words; undefined if it was not the file system. */
function complaint(error: unknown): string | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "this process may not read it: check its owner and mode";
    case "EISDIR":
      return "is a folder, not a file";
    default:
      return undefined;
  }
}
