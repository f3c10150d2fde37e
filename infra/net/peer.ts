import { BlockList, isIP, isIPv4 } from "node:net";
import { isLoopback } from "./address.ts";

/** A network: an IP address, and how many of its bits name it. */
export interface Network {
  readonly address: string;
  readonly bits: number;
}

/** Reads an IP address or a network such as `10.0.0.0/8`; undefined if it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [, address = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] as number;
  const network = { address, bits: bits === undefined ? most : Number(bits) };
  return network.bits <= most && most > 0 ? network : undefined;
}

/** Whose share a connection counts to: the address behind it, or undefined for this machine's own. */
export type ReadPeer = (remoteAddress: string | undefined, forwardedFor: string | undefined) => string | undefined;

/**
 * Makes what tells who is behind a connection. What comes from a proxy of `trusted` is from the last address in `X-Forwarded-For` that
 * is not such a proxy: what stands before that anybody may have written. An IPv6 address counts as its /64, which one house has.
 */
export function createReadPeer(trusted: readonly string[]): ReadPeer {
  const proxies = new BlockList();
  for (const { address, bits } of trusted.map(parseNetwork).filter((network) => network !== undefined))
    proxies.addSubnet(address, bits, familyOf(address));
  const isProxy = (address: string) => isIP(address) !== 0 && proxies.check(address, familyOf(address));

  return (remoteAddress = "", forwardedFor = "") => {
    const hops = [...forwardedFor.split(","), remoteAddress].map(plainAddress).filter((hop) => hop !== "");
    const peer = hops.findLast((hop) => !isProxy(hop)) ?? hops[0] ?? "";
    return peer === "" || isLoopback(peer) ? undefined : shareOf(peer);
  };
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}

/** Without port, brackets and zone; an IPv4 address as such where it is written as IPv6. */
function plainAddress(hop: string): string {
  const text = hop.trim().slice(0, maxHopCharacters);
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return bare.replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
}

// The longest address is far below it; what is none is told apart by its beginning.
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
