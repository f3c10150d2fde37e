import { type Host, isLocalName, isOwnAddress, parseHost } from "../../../infra/net/host.ts";

/** What a request says of where it was sent. */
export interface Addressed {
  /** Its `Host` or `:authority`; undefined if it has none, as programs of HTTP/1.0 have. */
  readonly host: string | undefined;
  /** The address at which its connection has arrived. */
  readonly localAddress: string | undefined;
}

/**
 * Makes what tells whether a request was sent to a host that the edge is. A page whose own name points here (DNS rebinding) is of one origin
 * with the edge for its browser, which lets it read everything: that the name is not the edge's is all that tells. So this machine's own names
 * are served, the address at which the request has arrived, and those that settings name.
 */
export function createServesHost(
  allowedHosts: readonly string[],
  publicUrl: string | undefined,
): (request: Addressed) => boolean {
  const named = new Set([...allowedHosts, ...(publicUrl === undefined ? [] : [hostOf(publicUrl).name])]);
  return ({ host, localAddress }) => {
    if (host === undefined) return true;
    const name = parseHost(host)?.name;
    return name !== undefined && (isLocalName(name) || named.has(name) || isOwnAddress(name, localAddress));
  };
}

function hostOf(url: string): Host {
  return parseHost(new URL(url).host) as Host;
}
