import type { IncomingMessage } from "node:http";
import { isLoopback } from "../../infra/net/address.ts";
import { isLocalName, parseHost, plainIp } from "../../infra/net/host.ts";
import { isForwarded } from "../../infra/net/peer.ts";
import { hostOf } from "./door/door.ts";

/**
 * Whether a request comes from a program on this machine: it arrives through the loopback interface, for a local name,
 * and through no proxy. The user of such a program could read the log as well, and so may see full error messages.
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
