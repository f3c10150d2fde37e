import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { Credentials } from "../../net/credentials.ts";
import { SettingsError } from "../../settings/error.ts";
import type { Values } from "../../settings/setting.ts";
import type { shared } from "../../settings/shared.ts";
import { nameOf } from "../declared.ts";
import { explain } from "../file/file-fault.ts";

const parts = ["cert", "key", "ca"] as const;
type Part = (typeof parts)[number];
const names = { cert: nameOf("tls.cert"), key: nameOf("tls.key"), ca: nameOf("tls.ca") };

/** The paths of the certificate files, keyed by the settings that name them. */
type TlsFiles = { readonly [Name in Part]: string | undefined };

/** A problem with a certificate file. */
export interface CredentialFault {
  /** The setting that names the file, or that is missing. */
  readonly path: `tls.${Part}`;
  /** What is wrong with the file; for a missing setting, the complete message. */
  readonly fault: string;
}

/**
 * Reads the files that the settings name. Throws SettingsError with one line per fault: a file that is missing,
 * unreadable or of the wrong kind, a key that does not match its certificate, a certificate that has expired at `nowMs`
 * (Unix time).
 */
export function readCredentials(
  { serviceToken: token, tls: files }: Pick<Values<typeof shared>, "serviceToken" | "tls">,
  nowMs = Date.now(),
): Credentials {
  const { tls, faults } = readTls(files, nowMs);
  if (faults.length === 0) return { token, tls };
  const lines = faults.map(({ path, fault }) => {
    const part = path.slice("tls.".length) as Part;
    return files[part] === undefined ? fault : `${names[part]}=${files[part]}: ${fault}`;
  });
  throw new SettingsError(lines.join("\n"));
}

/**
 * Like `readCredentials`, but returns faults by setting instead of throwing; the valid files are read even if others
 * are not.
 */
export function readTls(files: TlsFiles, nowMs: number): { tls: Credentials["tls"]; faults: CredentialFault[] } {
  const missing = parts.filter((part) => files[part] === undefined);
  if (missing.length === parts.length) return { tls: undefined, faults: [] };
  const faults: CredentialFault[] = [];
  const complain = (part: Part, fault: string) => faults.push({ path: `tls.${part}`, fault });
  if (missing.length > 0) {
    const unset = missing.map((part) => names[part]).join(" and ");
    complain(
      missing[0] as Part,
      `${unset} ${missing.length > 1 ? "are" : "is"} not set: TLS between the edge and the services needs all of ${Object.values(names).join(", ")}, or none`,
    );
    return { tls: undefined, faults };
  }
  /** Reads a file and converts it with `make`; if that fails, adds a line to the faults. */
  const attempt = <T>(part: Part, remedy: string, make: (path: string) => T): T | undefined => {
    try {
      return make(files[part] as string);
    } catch (error) {
      complain(part, explain((error as NodeJS.ErrnoException).code) ?? remedy);
      return undefined;
    }
  };
  const [cert, key, ca] = parts.map((part) => attempt(part, "cannot be read", (path) => readFileSync(path)));
  if (cert === undefined || key === undefined || ca === undefined) return { tls: undefined, faults };
  const noCertificate = "contains no PEM certificate (-----BEGIN CERTIFICATE-----)";
  const own = attempt("cert", noCertificate, () => new X509Certificate(cert));
  const ownKey = attempt("key", "contains no PEM private key, or only one with a passphrase", () =>
    createPrivateKey(key),
  );
  attempt("ca", noCertificate, () => new X509Certificate(ca));
  if (own !== undefined && own.validToDate.getTime() <= nowMs)
    complain("cert", `expired on ${own.validTo}: create a new one`);
  if (own !== undefined && ownKey !== undefined && !own.checkPrivateKey(ownKey))
    complain("key", `does not match the certificate ${names.cert}: set the two that belong together`);
  if (faults.length > 0) return { tls: undefined, faults };
  const tls = { cert, key, ca };
  attempt("cert", "is not accepted by OpenSSL: create one with a key of 2048 bits or more", () =>
    createSecureContext(tls),
  );
  return { tls: faults.length > 0 ? undefined : tls, faults };
}
