import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createReadPeer, parseNetwork } from "./peer.ts";

const proxies = ["10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48", "127.0.0.1"];

const rows: [what: string, remote: string, forwarded: string | undefined, peer: string | undefined][] = [
  ["a connection is its address", "203.0.113.9", undefined, "203.0.113.9"],
  ["nobody but a trusted proxy is believed", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["a proxy passes on whom it saw", "10.1.2.3", "198.51.100.1", "198.51.100.1"],
  ["what a caller wrote before that counts nothing", "10.1.2.3", "1.1.1.1, 198.51.100.1", "198.51.100.1"],
  ["a chain of proxies is walked", "10.1.2.3", "1.1.1.1, 198.51.100.1, 192.0.2.7", "198.51.100.1"],
  ["a chain of nothing but proxies begins with the first", "10.1.2.3", "10.9.9.9, 192.0.2.7", "10.9.9.9"],
  ["a proxy that says nothing is itself", "10.1.2.3", undefined, "10.1.2.3"],
  ["a port is no part of it", "10.1.2.3", "198.51.100.1:4711", "198.51.100.1"],
  ["IPv6 counts by /64", "2001:db8:7:8:1:2:3:4", undefined, "2001:db8:7:8::/64"],
  ["however it is written", "2001:0DB8:7:8::4", undefined, "2001:db8:7:8::/64"],
  ["and in brackets", "2001:db8:1::5", "[2001:db8:9::1]:99", "2001:db8:9:0::/64"],
  ["IPv4 in IPv6 is IPv4", "::ffff:203.0.113.9", undefined, "203.0.113.9"],
  ["a proxy in IPv6 too", "::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"],
  ["this machine is nobody", "127.0.0.1", undefined, undefined],
  ["nor by IPv6", "::1", undefined, undefined],
  ["a proxy on this machine passes on others", "127.0.0.1", "198.51.100.1", "198.51.100.1"],
  ["a name that is no address is told apart", "10.1.2.3", "_hidden", "_hidden"],
];

describe("whose share a connection counts to", () => {
  const readPeer = createReadPeer(proxies);
  for (const [what, remote, forwarded, peer] of rows)
    it(what, () => {
      assert.equal(readPeer(arrived(remote, forwarded === undefined ? {} : { "x-forwarded-for": forwarded })), peer);
    });
});

const arrived = (remoteAddress: string, headers: Record<string, string> = {}, httpVersion = "1.1") => ({
  remoteAddress,
  headers,
  httpVersion,
});

describe("what a proxy passes on that is not trusted is not this machine's own", () => {
  const told: string[] = [];
  const readPeer = createReadPeer(["192.0.2.7"], (proxy) => told.push(proxy));
  const headers = [
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "forwarded",
    "via",
    "x-real-ip",
    "cf-connecting-ip",
    "true-client-ip",
    "x-client-ip",
    "x-original-forwarded-for",
    "x-envoy-external-address",
  ];
  for (const name of headers)
    it(`by ${name}`, () => {
      told.length = 0;
      for (const remote of ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.2.3"])
        assert.notEqual(readPeer(arrived(remote, { [name]: "203.0.113.9" })), undefined);
      assert.deepEqual(told, ["127.0.0.1", "::1", "127.0.0.1", "10.1.2.3"]);
    });

  it("by HTTP/1.0", () => assert.equal(readPeer(arrived("127.0.0.1", {}, "1.0")), "127.0.0.1"));

  it("and nobody is told of what a stranger writes, or a proxy that is trusted", () => {
    told.length = 0;
    for (const remote of ["203.0.113.9", "192.0.2.7"]) readPeer(arrived(remote, { "x-forwarded-for": "1.1.1.1" }));
    assert.deepEqual(told, []);
  });

  it("headers of other kinds say nothing", () => {
    for (const name of ["host", "user-agent", "x-request-id", "forward", "previa"])
      assert.equal(readPeer(arrived("127.0.0.1", { [name]: "1" })), undefined, name);
  });
});

it("networks are addresses with as many bits as they have", () => {
  for (const good of ["10.0.0.1", "10.0.0.0/8", "::1", "2001:db8::/32", " 10.0.0.0/32 "])
    assert.notEqual(parseNetwork(good), undefined, good);
  for (const bad of ["", "a", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/", "10.0.0.0/-1"])
    assert.equal(parseNetwork(bad), undefined, bad);
});
