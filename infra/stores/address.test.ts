import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "vitest";
import { parseRedisUrl } from "./address.ts";

const parse = (url: string) => parseRedisUrl(url, "redis.url (DUET_REDIS_URL)");

test("an address is read whole, and shown without user and password", () => {
  const nobody = { username: undefined, password: undefined };
  const rows: [string, ReturnType<typeof parse>][] = [
    ["redis://cache", { host: "cache", port: 6379, ...nobody, db: 0, tls: undefined, shown: "redis://cache:6379" }],
    ["redis://[::1]:1/", { host: "::1", port: 1, ...nobody, db: 0, tls: undefined, shown: "redis://[::1]:1" }],
    [
      "rediss://me:p%40ss%25@cache.example:6380/2",
      {
        ...{ host: "cache.example", port: 6380, username: "me", password: "p@ss%", db: 2 },
        ...{ tls: { servername: "cache.example" }, shown: "rediss://cache.example:6380/2" },
      },
    ],
    [
      "rediss://:secret@10.0.0.1",
      { ...nobody, password: "secret", host: "10.0.0.1", port: 6379, db: 0, tls: {}, shown: "rediss://10.0.0.1:6379" },
    ],
  ];
  for (const [url, address] of rows) assert.deepEqual(parse(url), address);
});

test("what is no such address is refused by the name of its setting, and not repeated", () => {
  const rows: [string, RegExp][] = [
    ["secret", /must be an address such as redis:/],
    ["http://secret", /must be an address such as redis:/],
    ["redis://", /must be an address such as redis:/],
    ["redis://:secret@cache:99999", /must be an address such as redis:/],
    ["redis://:secret@cache/zero", /must name the database by its number/],
    ["redis://:secret@cache?enableOfflineQueue=true", /leave out everything from \? or # on/],
    [
      "redis://:100%secret@cache",
      /a % in its user or password that is not part of an escape such as %40: write it as %25/,
    ],
  ];
  for (const [url, message] of rows)
    assert.throws(
      () => parse(url),
      (error: Error) => {
        assert.equal(error.name, "StoreError");
        assert.match(error.message, message);
        assert.match(error.message, /^redis\.url \(DUET_REDIS_URL\): /);
        assert.doesNotMatch(inspect(error), /secret/);
        return true;
      },
    );
});
