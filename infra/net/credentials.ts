import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { SettingsError } from "../config/settings/read.ts";
import type { Settings } from "../config/settings/settings.ts";

/** The settings by which edge and services prove to each other who they are: the same names on both sides. */
export const credentialSettings = ["DUET_SERVICE_TOKEN", "DUET_TLS_CERT", "DUET_TLS_KEY", "DUET_TLS_CA"] as const;

/** A process's own certificate, and whose certificates it believes. PEM. */
export interface Tls {
  /** The certificate, followed by those between it and the CA if there are any. */
  readonly cert: Buffer;
  /** Its private key. */
  readonly key: Buffer;
  /** The other side's certificate must be signed by one of these. */
  readonly ca: Buffer;
}

/** How a process proves who it is, and what it asks of others. */
export interface Credentials {
  /** Sent by the edge as a bearer token, asked for by the services. */
  readonly token: string | undefined;
  /** TLS with certificates of both sides. */
  readonly tls: Tls | undefined;
}

/** Nobody proves anything: for one machine. */
export const noCredentials: Credentials = { token: undefined, tls: undefined };

type TlsSetting = Exclude<(typeof credentialSettings)[number], "DUET_SERVICE_TOKEN">;

/**
 * Reads the files that the settings name. Throws SettingsError, one line for each fault: a file that is missing, cannot be read or
 * is not what it should be, a key of another certificate, a certificate that has expired by `nowMs` (Unix time).
 */
export function readCredentials(
  settings: Settings<(typeof credentialSettings)[number]>,
  nowMs = Date.now(),
): Credentials {
  const token = settings.DUET_SERVICE_TOKEN;
  const names = ["DUET_TLS_CERT", "DUET_TLS_KEY", "DUET_TLS_CA"] as const;
  const missing = names.filter((name) => settings[name] === undefined);
  if (missing.length === names.length) return { token, tls: undefined };
  if (missing.length > 0)
    throw new SettingsError(
      `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set: TLS between edge and services takes all of ${names.join(", ")}, or none`,
    );

  const faults: string[] = [];
  /** What is read and made of a file, or a line among the faults. */
  const attempt = <T>(name: TlsSetting, remedy: string, make: (path: string) => T): T | undefined => {
    try {
      return make(settings[name] as string);
    } catch (error) {
      faults.push(`${name}=${settings[name]}: ${complaint(error) ?? remedy}`);
      return undefined;
    }
  };
  const [cert, key, ca] = names.map((name) => attempt(name, "", (path) => readFileSync(path)));
  if (cert === undefined || key === undefined || ca === undefined) throw new SettingsError(faults.join("\n"));

  const noCertificate = "holds no certificate in PEM (-----BEGIN CERTIFICATE-----)";
  const own = attempt("DUET_TLS_CERT", noCertificate, () => new X509Certificate(cert));
  const ownKey = attempt("DUET_TLS_KEY", "holds no private key in PEM without a passphrase", () =>
    createPrivateKey(key),
  );
  attempt("DUET_TLS_CA", noCertificate, () => new X509Certificate(ca));
  if (own !== undefined && own.validToDate.getTime() <= nowMs)
    faults.push(`DUET_TLS_CERT=${settings.DUET_TLS_CERT}: has expired on ${own.validTo}: make a new one`);
  if (own !== undefined && ownKey !== undefined && !own.checkPrivateKey(ownKey))
    faults.push(
      `DUET_TLS_KEY=${settings.DUET_TLS_KEY}: is not the key of DUET_TLS_CERT: name the two that belong together`,
    );
  if (faults.length > 0) throw new SettingsError(faults.join("\n"));

  const tls = { cert, key, ca };
  attempt("DUET_TLS_CERT", "is not accepted by OpenSSL: make one with a key of 2048 bits or more", () =>
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
