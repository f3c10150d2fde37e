import { createServer, isIPv4, type Server } from "node:net";

/** Where a server listens. */
export interface Address {
  /** A host name or IP address, IPv6 without brackets. */
  host: string;
  /** The port, 0 to 65535; with 0 the system chooses a free port. */
  port: number;
}

/**
 * Parses `host:port`, `[ipv6]:port` or a bare port (loopback); undefined if it is none of these. Two ports
 * (`8080:8080`) are not an address.
 */
export function parseAddress(text: string): Address | undefined {
  const match = /^(?:(?:\[([0-9a-fA-F:.]+)\]|((?!\d+:)[^\s:[\]/]+)):)?(\d{1,5})$/.exec(text.trim());
  if (match === null) return undefined;
  const port = Number(match[3]);
  return port > 65535 ? undefined : { host: match[1] ?? match[2] ?? "127.0.0.1", port };
}

/** Formats an address in the form that `parseAddress` accepts. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** An HTTP URL for display: without user, password, query and trailing slash. */
export function withoutCredentials(url: string): string {
  const { origin, pathname } = new URL(url);
  return (origin + pathname).replace(/\/+$/, "");
}

/** Whether only this machine can reach the host. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

/** Thrown if the port of an address is in use by another process. */
export class AddressInUseError extends Error {
  override name = "AddressInUseError";
  /** The requested address. */
  readonly address: Address;
  /** `setting` is the name of the setting to change, for the message. */
  constructor(address: Address, setting: string) {
    super(`${formatAddress(address)} is taken by another program: set ${setting} to a free port`);
    this.address = address;
  }
}

/** Checks in advance that an address is free; throws AddressInUseError if it is not. Port 0 is always free. */
export async function assertFree(address: Address, setting: string): Promise<void> {
  if (address.port === 0) return;
  const probe = createServer();
  await listen(probe, address, setting);
  await new Promise<void>((resolve) => probe.close(() => resolve()));
}

/** Listens, and returns the actual address; `setting` is named in the error if the port is taken. */
export function listen(server: Server, address: Address, setting: string): Promise<Address> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new AddressInUseError(address, setting) : error);
    server.once("error", onError);
    server.listen(address.port, address.host, () => {
      server.off("error", onError);
      const bound = server.address();
      resolve({ host: address.host, port: typeof bound === "object" && bound !== null ? bound.port : address.port });
    });
  });
}
