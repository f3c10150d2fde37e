import { parseHost } from "../../../infra/net/host.ts";
import { parseOrigin } from "../../../infra/net/origin.ts";

/**
 * Makes the function that checks whether a web page may call. `origins` lists the allowed origins besides the edge's
 * own, as `parseOrigin` writes them; `*` allows all. The edge's own origins are that of `publicUrl`, and http or https
 * with the host of the request: which of the two depends on whether a proxy terminates TLS.
 */
export function createServesOrigin(
  origins: readonly string[],
  publicUrl: string | undefined,
): (origin: string, host: string | undefined) => boolean {
  const named = new Set([...origins, ...(publicUrl === undefined ? [] : [new URL(publicUrl).origin])]);
  return (text, host) => {
    if (named.has("*")) return true;
    const origin = parseOrigin(text);
    return origin !== undefined && (named.has(origin) || isOriginOf(origin, host));
  };
}

const ownPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

function isOriginOf(origin: string, host: string | undefined): boolean {
  const { protocol, host: itsHost } = new URL(origin);
  const ownPort = ownPorts[protocol];
  const [its, asked] = [parseHost(itsHost), host === undefined ? undefined : parseHost(host)];
  if (ownPort === undefined || its === undefined || asked === undefined) return false;
  return its.name === asked.name && (its.port ?? ownPort) === (asked.port ?? ownPort);
}
