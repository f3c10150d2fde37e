import { type Host, isLocalName, isOwnAddress, parseHost } from "../../../infra/net/host.ts";

/** The host name and the local address to which a request was sent. */
export interface Addressed {
  /** The request's `Host` or `:authority`; undefined if it has neither, as in HTTP/1.0. */
  readonly host: string | undefined;
  /** The local address of the request's connection. */
  readonly localAddress: string | undefined;
}

/**
 * Makes the function that checks whether a request was sent to one of the edge's own hosts. If the domain of a web page
 * resolves to this address (DNS rebinding), the page has the same origin as the edge in the browser's eyes, and may
 * read everything: only the foreign host name in its requests gives the page away. So only these hosts are served: this
 * machine's own names, the address at which the request arrived, and the hosts in the settings.
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
