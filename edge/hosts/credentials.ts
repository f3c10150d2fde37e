import { X509Certificate } from "node:crypto";
import type { SecureClientSessionOptions } from "node:http2";
import type { Interceptor } from "@connectrpc/connect";
import type { Log } from "../../infra/log/log.ts";
import { isLoopback } from "../../infra/net/address.ts";
import type { Credentials } from "../../infra/net/credentials.ts";
import { SettingsError } from "../../infra/settings/error.ts";

/** A service, as error messages name it. */
export interface Peer {
  /** The service's name. */
  readonly name: string;
  /** The service's address. */
  readonly url: string;
  /** The environment variable that sets the service's address. */
  readonly setting: string;
}

/**
 * The options of a connection to the service. An `https:` address without certificates of our own is verified against
 * the CAs that Node trusts. Throws SettingsError if certificates are set but would not be used.
 */
export function toSessionOptions({ url, setting }: Peer, { tls }: Credentials): SecureClientSessionOptions {
  if (isHttps(url)) return tls === undefined ? {} : live(tls);
  if (tls !== undefined && !isLoopback(hostOf(url)))
    throw new SettingsError(
      `${setting}=${url} would be called unencrypted although DUET_TLS_CERT is set: write https://, or unset DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA`,
    );
  return {};
}

/** Options that are read anew for each connection, so that renewed certificates are used. */
function live(tls: NonNullable<Credentials["tls"]>): SecureClientSessionOptions {
  const getter = (part: keyof typeof tls) => ({ get: () => tls[part], enumerable: true });
  return Object.defineProperties({}, { cert: getter("cert"), key: getter("key"), ca: getter("ca") });
}

/** Warns if the token is sent unencrypted to another machine. */
export function warnOfClearToken({ url, setting }: Peer, { token }: Credentials, log: Log): void {
  if (token !== undefined && !isHttps(url) && !isLoopback(hostOf(url)))
    log.warn(
      { setting, url },
      "DUET_SERVICE_TOKEN and all conversations are sent to this URL unencrypted: use https://",
    );
}

/** Marks each call as a call of the edge, and adds the token if there is one. */
export function presentCredentials({ token }: Credentials): Interceptor {
  return (next) => (request) => {
    request.header.set("duet-caller", "edge");
    if (token !== undefined) request.header.set("authorization", `Bearer ${token}`);
    return next(request);
  };
}

/**
 * Why edge and service have no connection, if the cause is that one does not trust the other; otherwise undefined.
 * `wordless` is true if the last connection was opened, then closed before the service had sent anything.
 */
export function explainDistrust(
  error: unknown,
  { name, url, setting }: Peer,
  { tls }: Credentials,
  wordless: boolean,
): string | undefined {
  const at = `${name} at ${url}`;
  const code = codeOf(error);
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID")
    return `${at} presents a certificate that is not valid today: renew the service's DUET_TLS_CERT, or correct the clock of one of the two machines`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `${at} presents a certificate for another host: add ${hostOf(url)} to the subjectAltName of its DUET_TLS_CERT, or set ${setting} to a host in it`;
  if (untrusted.has(code))
    return tls === undefined
      ? `${at} presents a certificate that no public CA has signed: set DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA`
      : `${at} presents a certificate that no CA in the edge's DUET_TLS_CA has signed: have the certificates of both sides signed by the same CA`;
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "ERR_SSL_PACKET_LENGTH_TOO_LONG")
    return `${at} does not speak TLS: give it DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA, or write http:// in ${setting}`;
  // A service that rejects the edge's certificate closes the connection after the handshake.
  const isHangUp = code.startsWith("ERR_SSL_") || (wordless && (code === "" || code === "ECONNRESET"));
  if (!isHangUp || !isHttps(url)) return undefined;
  if (tls === undefined) return `${at} asks for a certificate: set DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA`;
  const { validToDate, validTo } = new X509Certificate(tls.cert);
  return validToDate.getTime() <= Date.now()
    ? `${at} rejects the edge's certificate, which expired on ${validTo}: renew DUET_TLS_CERT`
    : `${at} rejects the edge's certificate: have DUET_TLS_CERT signed by a CA in the service's DUET_TLS_CA`;
}

/** Node's error codes for a certificate that no known CA has issued. */
const untrusted = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_SIGNATURE_FAILURE",
]);

/** The error code of the innermost cause that has a code. */
function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const inner = "cause" in error ? codeOf(error.cause) : "";
  return inner || ("code" in error && typeof error.code === "string" ? error.code : "");
}

function isHttps(url: string): boolean {
  return new URL(url).protocol === "https:";
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, "");
}
