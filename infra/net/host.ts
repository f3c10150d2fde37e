import { isIP } from "node:net";
import { isLoopback } from "./address.ts";

/** A host as a request names it. */
export interface Host {
  /** A name in small letters, without a dot at its end, or an IP address without brackets. */
  readonly name: string;
  /** Undefined where none is written. */
  readonly port: number | undefined;
}

/** Reads a `Host` header or an `:authority`; undefined if it names no host. */
export function parseHost(text: string): Host | undefined {
  if (/[/?#@\\\s%]/.test(text) || !URL.canParse(`http://${text}/`)) return undefined;
  const { hostname } = new URL(`http://${text}/`);
  const port = /:(\d+)$/.exec(text.replace(/^\[[^\]]*\]/, ""))?.[1];
  const name = hostname.replace(/^\[|\]$|\.$/g, "");
  return name === "" ? undefined : { name, port: port === undefined ? undefined : Number(port) };
}

/** Whether a name always stands for the machine on which it is looked up, whatever a name server says. */
export function isLocalName(name: string): boolean {
  return isLoopback(name) || name.endsWith(".localhost") || name === "0.0.0.0" || name === "::";
}

/** An IP address as such where a socket writes it as IPv6, and without a zone. */
export function plainIp(address: string): string {
  return address.replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
}

/** Whether a host names the very address at which a connection has arrived: no name server has a say in that. */
export function isOwnAddress(name: string, localAddress: string | undefined): boolean {
  return isIP(name) !== 0 && localAddress !== undefined && name === parseHost(bracketed(plainIp(localAddress)))?.name;
}

function bracketed(address: string): string {
  return isIP(address) === 6 ? `[${address}]` : address;
}

// Names of a cluster and of a network's own (ICANN keeps `internal` free for these).
const ownDomains = [".svc", ".svc.cluster.local", ".internal"];

/**
 * Whether an admin port serves what names this host: an address, a name of this machine, one without a dot, as containers have beside each other,
 * one of a cluster or of `internal`, or one that `allowed` lists. A web page can have its own name point here (DNS rebinding), and nobody can
 * have any of those. Programs that name no host are served.
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
