import { isIP } from "node:net";
import { isLoopback } from "./address.ts";

/** A host as a request names it. */
export interface Host {
  /** A host name in lower case, without a trailing dot, or an IP address without brackets. */
  readonly name: string;
  /** The port; undefined if the request names none. */
  readonly port: number | undefined;
}

/** Parses a `Host` header or an `:authority`; undefined if it contains no host. */
export function parseHost(text: string): Host | undefined {
  if (/[/?#@\\\s%]/.test(text) || !URL.canParse(`http://${text}/`)) return undefined;
  const { hostname } = new URL(`http://${text}/`);
  const port = /:(\d+)$/.exec(text.replace(/^\[[^\]]*\]/, ""))?.[1];
  const name = hostname.replace(/^\[|\]$|\.$/g, "");
  return name === "" ? undefined : { name, port: port === undefined ? undefined : Number(port) };
}

/** Whether a name always means the local machine, whatever a name server says. */
export function isLocalName(name: string): boolean {
  return isLoopback(name) || name.endsWith(".localhost") || name === "0.0.0.0" || name === "::";
}

/** An IP address without zone, in IPv4 form if it is an IPv4-mapped IPv6 address. */
export function plainIp(address: string): string {
  return address.replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
}

/** Whether a host is the IP address at which the connection arrived: then no name server was involved. */
export function isOwnAddress(name: string, localAddress: string | undefined): boolean {
  return isIP(name) !== 0 && localAddress !== undefined && name === parseHost(bracketed(plainIp(localAddress)))?.name;
}

function bracketed(address: string): string {
  return isIP(address) === 6 ? `[${address}]` : address;
}

// Domains that exist only inside a Kubernetes cluster or a private network (ICANN reserves `internal` for the latter).
const ownDomains = [".svc", ".svc.cluster.local", ".internal"];

/**
 * Whether an admin port serves requests for this host. It does for an IP address, a name of this machine, a name
 * without a dot (as containers have), a name of a cluster or below `internal`, and the names in `allowed`. A web page
 * can make its own domain resolve to this address (DNS rebinding), but an attacker can own none of those names.
 * Requests without a host are served.
 */
export function servesAdminHost(host: string | undefined, allowed: readonly string[] = []): boolean {
  if (host === undefined) return true;
  const name = parseHost(host)?.name;
  if (name === undefined) return false;
  return (
    isIP(name) !== 0 ||
    isLocalName(name) ||
    !name.includes(".") ||
    ownDomains.some((domain) => name.endsWith(domain)) ||
    allowed.includes(name)
  );
}
