import type { IncomingMessage } from "node:http";
import { isLoopback } from "../../infra/net/address.ts";
import { isLocalName, parseHost, plainIp } from "../../infra/net/host.ts";
import { hostOf } from "./door/door.ts";

// A proxy on this machine passes on the calls of strangers: one of these it sends, unless it was told not to.
const forwarding = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];

/**
 * Whether a request is from a program on this machine, whose user may read the log as well: it comes by the loopback interface, to a local
 * name, and through no proxy. nginx without further settings asks by HTTP/1.0, as hardly anything else does.
 */
export function isFromThisMachine(request: IncomingMessage): boolean {
  const name = parseHost(hostOf(request) ?? "")?.name;
  return (
    isLoopback(plainIp(request.socket.remoteAddress ?? "")) &&
    name !== undefined &&
    isLocalName(name) &&
    request.httpVersion !== "1.0" &&
    !forwarding.some((header) => header in request.headers)
  );
}
