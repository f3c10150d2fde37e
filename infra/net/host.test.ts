import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { isLocalName, isOwnAddress, parseHost, servesAdminHost } from "./host.ts";

const hosts: [text: string, name: string | undefined, port?: number][] = [
  ["duet.example", "duet.example"],
  ["DUET.example:8080", "duet.example", 8080],
  ["duet.example:80", "duet.example", 80],
  ["duet.example.", "duet.example"],
  ["127.0.0.1:8080", "127.0.0.1", 8080],
  ["127.1", "127.0.0.1"],
  ["[::1]:8080", "::1", 8080],
  ["[0:0:0:0:0:0:0:1]", "::1"],
  ["", undefined],
  ["[", undefined],
  ["a b", undefined],
  ["user@duet.example", undefined],
  ["duet.example/x", undefined],
  ["duet.example:99999", undefined],
];

describe("a host that a request names", () => {
  for (const [text, name, port] of hosts)
    it(`${text || "nothing"}: ${name ?? "none"}`, () =>
      assert.deepEqual(parseHost(text), name === undefined ? undefined : { name, port }));
});

it("is local if no name server has a say in it", () => {
  for (const name of ["localhost", "duet.localhost", "127.0.0.1", "127.8.8.8", "::1", "0.0.0.0"])
    assert.ok(isLocalName(name), name);
  for (const name of ["localhost.example", "127.0.0.1.example", "notlocalhost", "10.0.0.1", "128.0.0.1"])
    assert.ok(!isLocalName(name), name);
});

it("is the address at which the connection has arrived, however a socket writes it", () => {
  assert.ok(isOwnAddress("10.1.2.3", "::ffff:10.1.2.3"));
  assert.ok(isOwnAddress("fd00::7", "fd00:0::7"));
  assert.ok(!isOwnAddress("10.1.2.4", "10.1.2.3"));
  assert.ok(!isOwnAddress("duet.example", "10.1.2.3"));
  assert.ok(!isOwnAddress("10.1.2.3", undefined));
});

describe("an admin port", () => {
  const served = [
    undefined,
    "127.0.0.1:9464",
    "10.1.2.3:9464",
    "[fd00::7]:9464",
    "localhost:9464",
    "a.localhost",
    "net:9464",
    "duet-edge.voice.svc:9464",
    "duet-edge.voice.svc.cluster.local",
    "gpu1.internal",
    "metrics.example",
  ];
  for (const host of served)
    it(`serves ${host ?? "who names no host"}`, () => assert.ok(servesAdminHost(host, ["metrics.example"])));
  const others = [
    "evil.example:9464",
    "svc.evil.example",
    "localhost.example",
    "127.0.0.1.example",
    "a.local",
    "evilsvc.com",
    "",
    "a b",
  ];
  for (const host of others)
    it(`does not serve ${host || "an empty name"}`, () => assert.ok(!servesAdminHost(host, ["metrics.example"])));
});
