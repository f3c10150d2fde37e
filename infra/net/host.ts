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

/**
 * Whether a request arrived on this machine's own interface under a name that is not its own: a web page has had its name point here. For
 * ports that serve whoever reaches them.
 */
export function isRebound(host: string | undefined, localAddress: string | undefined): boolean {
  if (host === undefined || !isLoopback(plainIp(localAddress ?? ""))) return false;
  const name = parseHost(host)?.name;
  return name === undefined || !isLocalName(name);
}
