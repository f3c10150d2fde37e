import type { IncomingMessage } from "node:http";
import { createContextValues } from "@connectrpc/connect";
import type { Address } from "../../infra/net/address.ts";
import { type Arrived, createReadHolder, createReadPeer } from "../../infra/net/peer.ts";
import { everybody } from "../access/identity.ts";
import { AssistantService } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { identityKey, inFullKey, peerKey } from "../rpc/keys.ts";
import { createAdminDoor } from "./door/admin.ts";
import { createComplaint } from "./door/complain.ts";
import { createDoor, type DoorOptions } from "./door/door.ts";
import { isFromThisMachine } from "./operators.ts";
import { openPort, type Port, type PortOptions } from "./port.ts";
import { createRoutes, type RoutesOptions } from "./routes.ts";

/** What the edge serves on its ports. */
export type Served = Pick<RoutesOptions, "rpcs" | "probes" | "admin" | "faces" | "page" | "log">;

/** Options of the public port. */
export interface PublicOptions extends Omit<DoorOptions, "log" | "allowedHosts" | "publicUrl"> {
  readonly listen: Address;
  readonly publicUrl?: string | undefined;
  readonly allowedHosts?: readonly string[];
  /** Addresses and networks of proxies whose forwarding headers are trusted. */
  readonly trustedProxies: readonly string[];
  /** The maximum number of open connections. Default: 4,096. */
  readonly maxConnections?: number | undefined;
  /** How many connections one client address may have. Default: a quarter of the maximum for all clients together. */
  readonly maxConnectionsPerPeer?: number | undefined;
}

/** Opens the public port. Throws AddressInUseError if the port is taken. */
export function openPublicPort(served: Served, options: PublicOptions): Promise<Port> {
  const { listen, corsOrigins, publicUrl, allowedHosts = [], trustedProxies } = options;
  const readPeer = createReadPeer(trustedProxies, createComplaint(served.log, "proxy", untrustedProxy));
  const onRequest = createRoutes({
    ...served,
    door: createDoor({ corsOrigins, publicUrl, allowedHosts, log: served.log }),
    basePath: publicUrl === undefined ? "" : new URL(publicUrl).pathname.replace(/\/+$/, ""),
    valuesOf: (request) =>
      createContextValues()
        .set(peerKey, readPeer(toArrived(request)))
        .set(inFullKey, isFromThisMachine(request)),
    isOperator: isFromThisMachine,
  });
  const { maxConnections = 4_096, maxConnectionsPerPeer } = options;
  return openPort({
    address: listen,
    setting: "DUET_EDGE_LISTEN",
    connections: { most: maxConnections, mostPerPeer: maxConnectionsPerPeer },
    readHolder: createReadHolder(trustedProxies),
    onRefused: createOnRefused(served),
    onRequest,
  });
}

/** Makes the function that counts connections refused because of a limit, and logs the first one for each limit. */
function createOnRefused({ admin: { metrics }, log }: Served): NonNullable<PortOptions["onRefused"]> {
  const refused = metrics.counter(
    "duet_edge_connections_refused_total",
    "Connections closed because the limit on open connections was reached, by kind of limit: for all callers, or for one address.",
    ["kind"],
  );
  const complain = createComplaint(
    log,
    "of",
    `as many connections as allowed are open, so new ones are closed: ${remedy}`,
  );
  return (which) => {
    const kind = which === "full" ? "all" : "one address";
    refused.inc({ kind });
    complain(kind);
  };
}

const remedy =
  "raise DUET_EDGE_MAX_CONNECTIONS or DUET_EDGE_MAX_CONNECTIONS_PER_PEER, or, if they come through your own proxy, add its address to DUET_EDGE_TRUSTED_PROXIES";
const untrustedProxy =
  "calls come through a proxy that is not trusted, so they all count as one caller's: add its address to DUET_EDGE_TRUSTED_PROXIES";

function toArrived({ socket: { remoteAddress }, httpVersion, headers }: IncomingMessage): Arrived {
  return { remoteAddress, httpVersion, headers };
}

const { typeName, method } = AssistantService;
const statusPath = `/${typeName}/${method.getStatus.name}`;

/**
 * Opens the admin port, which asks for no credentials: only the address at which it listens limits who can reach it. It
 * serves only requests whose host is one of its own names or in `allowedHosts`. Throws AddressInUseError if the port is
 * taken.
 */
export function openAdminPort(
  { rpcs, ...served }: Served,
  address: Address,
  allowedHosts: readonly string[],
): Promise<Port> {
  const onRequest = createRoutes({
    ...served,
    rpcs: new Map([...rpcs].filter(([path]) => path === statusPath)),
    faces: [],
    page: async () => false,
    door: createAdminDoor(allowedHosts),
    basePath: "",
    valuesOf: () => createContextValues().set(identityKey, everybody).set(inFullKey, true),
    isOperator: () => true,
  });
  return openPort({ address, setting: "DUET_EDGE_ADMIN_LISTEN", onRequest });
}
