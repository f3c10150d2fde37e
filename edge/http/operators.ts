import type { IncomingMessage } from "node:http";
import { isLoopback } from "../../infra/net/address.ts";
import { isLocalName, parseHost, plainIp } from "../../infra/net/host.ts";
import { isForwarded } from "../../infra/net/peer.ts";
import { hostOf } from "./door/door.ts";

/**
 * Whether a request is from a program on this machine, whose user may read the log as well: it comes by the loopback interface, to a local
 * name, and through no proxy.
 */
export function isFromThisMachine(request: IncomingMessage): boolean {
  const name = parseHost(hostOf(request) ?? "")?.name;
  return (
    isLoopback(plainIp(request.socket.remoteAddress ?? "")) &&
    name !== undefined &&
    isLocalName(name) &&
    !isForwarded(request)
  );
}
