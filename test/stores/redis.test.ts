import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "vitest";
import { StoreError } from "../../infra/stores/errors.ts";
import { storeKey } from "../../infra/stores/keys.ts";
import { longestBlockMs } from "../../infra/stores/redis.ts";
import { versioned } from "../../infra/stores/versioned.ts";
import { startRedis } from "../support/redis.ts";
import { until } from "../support/until.ts";
import { openStore } from "./open.ts";

const key = storeKey("turn", "log");
const bytes = Buffer.from([0, 255, 13, 10, 128]);

test("a Redis answers, with texts and with bytes", async (context) => {
  const { store, logged } = await openStore(context, (await startRedis(context)).url);
  assert.equal(await store.run((client) => client.set(key, bytes, "PX", 60_000)), "OK");
  assert.deepEqual(await store.run((client) => client.getBuffer(key)), bytes);
  assert.equal(await store.run((client) => client.get(storeKey("nobody", "log"))), null);
  assert.equal(store.notReady(), undefined);
  assert.deepEqual(logged, []);
});

test("each way of waiting has a connection of its own, opened by its first use", async (context) => {
  const { store } = await openStore(context, (await startRedis(context)).url);
  const names = async () =>
    [...String(await store.run((client) => client.client("LIST"))).matchAll(/ name=(\S+)/g)].map(([, name]) => name);
  assert.deepEqual(await names(), ["duet:commands"]);
  await store.listen(storeKey("turn", "bell"), () => {});
  assert.deepEqual(await names(), ["duet:commands", "duet:listener"]);

  const reading = store.read((client) => client.xreadBuffer("BLOCK", longestBlockMs, "STREAMS", key, "0"));
  // The blocked read holds up nothing.
  await store.listen(storeKey("turn", "other bell"), () => {});
  await store.run((client) => client.xadd(key, "1-0", "event", bytes));
  const [stream] = (await reading) ?? [];
  assert.deepEqual(stream?.[1], [[Buffer.from("1-0"), [Buffer.from("event"), bytes]]]);
  assert.deepEqual(await names(), ["duet:commands", "duet:listener", "duet:reader"]);
});

test("a read to which nothing comes ends with null", async (context) => {
  const { store } = await openStore(context, (await startRedis(context)).url);
  assert.equal(await store.read((client) => client.xreadBuffer("BLOCK", 1, "STREAMS", key, "$")), null);
});

test("what is published is heard by all who listen, until they stop", async (context) => {
  const { store } = await openStore(context, (await startRedis(context)).url);
  const bell = storeKey("turn", "bell");
  const heard: string[] = [];
  const stopFirst = await store.listen(bell, (message) => heard.push(`first ${message}`));
  const stopSecond = await store.listen(bell, (message) => heard.push(`second ${message}`));
  const ring = (message: string) => store.run((client) => client.publish(bell, message));
  await ring("1");
  await until("both have heard it", () => heard.length === 2);
  stopFirst();
  stopFirst();
  await ring("2");
  await until("the second has heard it", () => heard.length === 3);
  assert.deepEqual(heard, ["first 1", "second 1", "second 2"]);
  stopSecond();
  let heardByRedis = 1;
  while (heardByRedis > 0) heardByRedis = await ring("3");
  assert.equal(heard.length, 3);
});

const put = `
  if redis.call("GET", KEYS[1]) ~= ARGV[1] then return redis.error_reply("FENCED by another") end
  redis.call("SET", KEYS[2], ARGV[2])
  return {redis.call("GET", KEYS[2]), 7, false}`;

test("a script takes and returns bytes, and its text crosses the wire once", async (context) => {
  const { store } = await openStore(context, (await startRedis(context)).url);
  const script = store.script(put);
  const [owner, value] = [storeKey("turn", "own"), storeKey("turn", "value")];
  await store.run((client) => client.set(owner, "us"));
  for (let i = 0; i < 3; i++) assert.deepEqual(await script([owner, value], ["us", bytes]), [bytes, 7, null]);
  const calls = async (command: string) =>
    Number(
      new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(await store.run((client) => client.info("commandstats")))?.[1],
    );
  assert.deepEqual([await calls("eval"), await calls("evalsha")], [1, 3]);

  await store.run((client) => client.script("FLUSH"));
  assert.deepEqual(await script([owner, value], ["us", "text"]), [Buffer.from("text"), 7, null]);
  await assert.rejects(script([owner, value], ["them", "x"]), {
    name: "StoreError",
    fault: "rejected",
    code: "FENCED",
  });
});

test("a value of another release, or of somebody else, is absent", async (context) => {
  const { store } = await openStore(context, (await startRedis(context)).url);
  const [older, newer] = [versioned(1), versioned(2)];
  const read = async () => older.decode(await store.run((client) => client.getBuffer(key)))?.toString();
  const write = (value: string | Buffer) => store.run((client) => client.set(key, value));
  assert.equal(await read(), undefined);
  await write(older.encode("今天"));
  assert.equal(await read(), "今天");
  for (const foreign of [newer.encode("今天"), "", "今天", older.encode("今天").subarray(0, -1)]) {
    await write(foreign);
    assert.equal(await read(), undefined);
  }
});

test("what Redis refuses is a StoreError with the code, and repeats nothing of what it was told", async (context) => {
  const { store } = await openStore(context, (await startRedis(context)).url);
  const refused = async (working: Promise<unknown>) => {
    const error: unknown = await working.catch((error) => error);
    assert.ok(error instanceof StoreError && error.cause instanceof Error);
    assert.doesNotMatch(inspect(error, { depth: 9 }) + error.stack + error.cause.stack, /secret/);
    return [error.fault, error.code];
  };
  await store.run((client) => client.set(key, "secret"));
  assert.deepEqual(await refused(store.run((client) => client.lpush(key, "secret"))), ["rejected", "WRONGTYPE"]);
  assert.deepEqual(await refused(store.run((client) => client.call("NOSUCH", "secret"))), ["rejected", "ERR"]);
  const group = storeKey("jobs", "chat");
  const read = store.read((client) => client.xreadgroupBuffer("GROUP", "workers", "secret", "STREAMS", group, ">"));
  assert.deepEqual(await refused(read), ["rejected", "NOGROUP"]);
  await store.run((client) => client.config("SET", "maxmemory", "1"));
  assert.deepEqual(await refused(store.run((client) => client.set(key, "secret"))), ["unable", "OOM"]);
});

test("a fault of the caller's own comes back as it is", async (context) => {
  const { store } = await openStore(context, (await startRedis(context)).url);
  const own = new TypeError("ours");
  await assert.rejects(
    store.run(() => Promise.reject(own)),
    own,
  );
});

test("a Redis that may throw values away is warned of once, unless it may", async (context) => {
  const server = await startRedis(context, "--maxmemory-policy", "allkeys-lru");
  const { store, logged } = await openStore(context, server.url);
  const { logged: ofCache } = await openStore(context, server.url, { mayEvict: true });
  const warnings = (lines: readonly string[]) => lines.filter((line) => line.includes("maxmemory-policy"));
  assert.match(warnings(logged).join(), /^warn: .*noeviction.*DUET_REDIS_URL.*"policy":"allkeys-lru"/);
  await server.restart();
  await until(
    "it answers again",
    () => logged.some((line) => line.startsWith("info")) && store.notReady() === undefined,
  );
  await store.run((client) => client.ping());
  assert.deepEqual([warnings(logged).length, warnings(ofCache).length], [1, 0]);
});

test("where Redis may not be asked how it evicts, nothing is said", async (context) => {
  const server = await startRedis(context);
  const { store: admin } = await openStore(context, server.url);
  await admin.run((client) => client.config("SET", "maxmemory-policy", "allkeys-lru"));
  await admin.run((client) => client.acl("SETUSER", "duet", "on", ">pw", "~duet:*", "+@all", "-info", "-config"));
  const { store, logged } = await openStore(context, server.url.replace("//", "//duet:pw@"));
  assert.equal(await store.run((client) => client.set(key, "1")), "OK");
  await assert.rejects(
    store.run((client) => client.set("not:ours", "1")),
    { fault: "unable", code: "NOPERM" },
  );
  assert.deepEqual(logged, []);
});
