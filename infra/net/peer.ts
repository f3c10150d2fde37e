import { BlockList, isIP, isIPv4 } from "node:net";
import { isLoopback } from "./address.ts";

/** A network: an IP address and a prefix length. */
export interface Network {
  readonly address: string;
  readonly bits: number;
}

/** Parses an IP address or a network such as `10.0.0.0/8`; undefined if it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [, address = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] as number;
  const network = { address, bits: bits === undefined ? most : Number(bits) };
  return network.bits <= most && most > 0 ? network : undefined;
}

/** The parts of a request that tell where it comes from. */
export interface Arrived {
  readonly remoteAddress: string | undefined;
  readonly httpVersion: string;
  /** The request's headers by name, in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const forwarding =
  /^(?:x-)?(?:original-)?forwarded(?:-|$)|^via$|^x-real-ip$|^x-original-host$|-(?:client|connecting)-ip$|^x-envoy-/;

/**
 * Whether a request was forwarded by a proxy, judging by its headers: its origin may then be anywhere, although the
 * connection comes from this machine. nginx without further configuration adds no header, but uses HTTP/1.0, which
 * hardly anything else does.
 */
export function isForwarded({ httpVersion, headers }: Omit<Arrived, "remoteAddress">): boolean {
  return httpVersion === "1.0" || Object.keys(headers).some((name) => forwarding.test(name));
}

/**
 * Finds the address of the caller that sent a request, for limits per address. Undefined if the request comes from this
 * machine.
 */
export type ReadPeer = (request: Arrived) => string | undefined;

/**
 * Makes the function that finds the address that a request comes from. Behind proxies listed in `trusted`, this is the
 * last address in `X-Forwarded-For` that is not such a proxy, since anybody may have written the addresses before it.
 * An IPv6 address counts as its /64, which belongs to one household. Requests through a proxy that is not listed count
 * as the proxy's own; if such a proxy is in a private network, `onUntrusted` is called for each request.
 */
export function createReadPeer(trusted: readonly string[], onUntrusted: (proxy: string) => void = () => {}): ReadPeer {
  const isProxy = createIsIn(trusted);
  return ({ remoteAddress = "", ...request }) => {
    const remote = plainAddress(remoteAddress);
    const forwarded = isForwarded(request);
    const forwardedFor = String(request.headers["x-forwarded-for"] ?? "");
    if (forwarded && !isProxy(remote) && isPrivate(remote)) onUntrusted(remote);
    const hops = [...forwardedFor.split(","), remoteAddress].map(plainAddress).filter((hop) => hop !== "");
    const peer = hops.findLast((hop) => !isProxy(hop)) ?? hops[0] ?? "";
    return peer === "" || (isLoopback(peer) && !forwarded) ? undefined : shareOf(peer);
  };
}

/**
 * Makes the function that finds the address to which a connection counts in limits per address. The function returns
 * undefined for connections from this machine, and from `trusted` proxies, which carry many callers' requests.
 */
export function createReadHolder(
  trusted: readonly string[],
): (remoteAddress: string | undefined) => string | undefined {
  const isProxy = createIsIn(trusted);
  return (remoteAddress = "") => {
    const address = plainAddress(remoteAddress);
    return address === "" || isLoopback(address) || isProxy(address) ? undefined : shareOf(address);
  };
}

// RFC 1918, 3927, 4193, 4291 and 6598: private networks, which may contain the operator's own proxy.
const isPrivate = createIsIn([
  "127.0.0.0/8",
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "100.64.0.0/10",
  "::1",
  "fc00::/7",
  "fe80::/10",
]);

function createIsIn(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const { address, bits } of networks.map(parseNetwork).filter((network) => network !== undefined))
    list.addSubnet(address, bits, familyOf(address));
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}

/**
 * An address from a header or a socket, without port, brackets and zone. An IPv4-mapped IPv6 address becomes IPv4.
 */
function plainAddress(hop: string): string {
  const text = hop.trim().slice(0, maxHopCharacters);
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return bare.replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
}

// Only this many characters of a text are parsed as an address: the longest address is far shorter.
const maxHopCharacters = 64;

function shareOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const all = [...before, ...Array(Math.max(0, 8 - before.length - after.length)).fill("0"), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
