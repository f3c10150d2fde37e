import assert from "node:assert/strict";
import { test } from "vitest";
import { storeKey } from "../../infra/stores/keys.ts";
import type { RedisStore } from "../../infra/stores/redis.ts";
import { startRedis } from "../support/redis.ts";
import { until } from "../support/until.ts";
import { hastyClock, openStore } from "./open.ts";

const key = storeKey("turn", "log");
const bell = storeKey("turn", "bell");
const patient = { timeout: 30_000 };

const untilAway = (store: RedisStore) => until("the outage is noticed", () => store.notReady() !== undefined, 10_000);
const untilBack = (store: RedisStore) => until("it answers again", () => store.notReady() === undefined, 10_000);

test("killed and started again: commands fail at once, then go on by themselves", patient, async (context) => {
  const server = await startRedis(context);
  const { store, logged } = await openStore(context, server.url);
  const script = store.script(`return redis.call("INCR", KEYS[1])`);
  const listen = () => store.listen(bell, () => {});
  assert.equal(await script([key], []), 1);
  await server.kill();
  await untilAway(store);
  const away = { name: "StoreError", fault: "away", message: /is unreachable, so nothing was sent: / };
  for (let i = 0; i < 100; i++) await assert.rejects(script([key], []), away);
  const from = performance.now();
  for (let i = 0; i < 20; i++) await assert.rejects(listen(), away);
  assert.ok(performance.now() - from < 5_000, "a listener waits for a connection that is not to be had");
  await until("nobody listens there", () => /ECONNREFUSED/.test(store.notReady() ?? ""));
  assert.doesNotMatch(logged.join(), /info/);

  await server.restart();
  await untilBack(store);
  // The new server has never seen the script.
  assert.equal(await script([key], []), 1);
  assert.deepEqual(
    logged.map((line) => line.replace(/ \{.*/, "")),
    ["warn: Redis is unreachable: retrying until it answers", "info: Redis answers again"],
  );
});

test("frozen: commands are given up, and one that was obeyed late was obeyed once", patient, async (context) => {
  const server = await startRedis(context);
  const { store } = await openStore(context, server.url);
  server.freeze();
  await assert.rejects(
    store.run((client) => client.incr(key)),
    { fault: "unanswered", message: /may have carried out the command: Command timed out/ },
  );
  await untilAway(store);
  await assert.rejects(
    store.run((client) => client.incr(key)),
    { fault: "away" },
  );
  server.thaw();
  await untilBack(store);
  assert.equal(await store.run((client) => client.get(key)), "1");
});

test("killed with a command under way: it is not sent again", patient, async (context) => {
  const server = await startRedis(context);
  const { store } = await openStore(context, server.url);
  server.freeze();
  const cut = assert.rejects(
    store.run((client) => client.incr(key)),
    { fault: "unanswered" },
  );
  await server.kill();
  await cut;
  await server.restart();
  await untilBack(store);
  assert.equal(await store.run((client) => client.get(key)), null);
});

test("listeners hear again after a restart, a freeze and a lost connection", patient, async (context) => {
  const server = await startRedis(context);
  const { store } = await openStore(context, server.url);
  let heard = 0;
  await store.listen(bell, () => heard++);
  const untilHeard = async () => {
    const before = heard;
    let listeners = 0;
    while (listeners === 0) listeners = await store.run((client) => client.publish(bell, "ring"));
    await until("it is heard", () => heard > before);
  };
  await untilHeard();

  await server.kill();
  await untilAway(store);
  await server.restart();
  await untilBack(store);
  await untilHeard();

  server.freeze();
  await assert.rejects(store.run((client) => client.ping()));
  await untilAway(store);
  server.thaw();
  await untilBack(store);
  await untilHeard();

  await store.run((client) => client.call("CLIENT", "KILL", "TYPE", "pubsub"));
  await untilHeard();
});

test("a listener whose server falls silent finds it out, though it has nothing to ask", patient, async (context) => {
  const server = await startRedis(context);
  const { store } = await openStore(context, server.url, { clock: hastyClock });
  await store.listen(bell, () => {});
  server.freeze();
  await untilAway(store);
  server.thaw();
  await untilBack(store);
});

test(
  "a blocked read ends with nothing when Redis dies, and the next one waits for its return",
  patient,
  async (context) => {
    const server = await startRedis(context);
    const { store } = await openStore(context, server.url);
    const read = () => store.read((client) => client.xreadBuffer("BLOCK", 5_000, "STREAMS", key, "0"));
    const blocked = async () => /cmd=xread /.test(String(await store.run((client) => client.client("LIST"))));

    const first = read();
    while (!(await blocked()));
    await server.kill();
    assert.equal(await first, null);

    const second = read();
    await server.restart();
    await untilBack(store);
    await store.run((client) => client.xadd(key, "1-0", "event", "here"));
    const found = (await second) ?? (await read());
    assert.equal(found?.[0]?.[1][0]?.[0].toString(), "1-0");
  },
);

test("a blocked read ends with nothing when Redis freezes, and finds what came later", patient, async (context) => {
  const server = await startRedis(context);
  const { store } = await openStore(context, server.url);
  const read = () => store.read((client) => client.xreadBuffer("BLOCK", 100, "STREAMS", key, "0"));
  assert.equal(await read(), null);
  server.freeze();
  assert.equal(await read(), null);
  server.thaw();
  await untilBack(store);
  await store.run((client) => client.xadd(key, "1-0", "event", "here"));
  const found = await read();
  assert.equal(found?.[0]?.[1][0]?.[0].toString(), "1-0");
});

test(
  "a server that turns read-only refuses to write, and a connection is sought that may",
  patient,
  async (context) => {
    const server = await startRedis(context);
    const { store, logged } = await openStore(context, server.url);
    const write = () => store.run((client) => client.set(key, "1"));
    await store.run((client) => client.replicaof("127.0.0.1", server.port + 1));
    await assert.rejects(write(), { fault: "unable", code: "READONLY" });
    await until("it has looked for another server", () => logged.some((line) => /warn.*READONLY/.test(line)));
    await untilBack(store);
    // It does not look again at every command: others are under way on the same connection.
    for (let i = 0; i < 20; i++) await assert.rejects(write(), { fault: "unable", code: "READONLY" });
    await store.run((client) => client.replicaof("NO", "ONE"));
    assert.equal(await write(), "OK");
  },
);

test("a worker that reads again and again does not keep its process from anything else", patient, async (context) => {
  const server = await startRedis(context);
  const { store, logged } = await openStore(context, server.url);
  await store.run((client) => client.xgroup("CREATE", key, "workers", "0", "MKSTREAM"));
  await store.run((client) => client.replicaof("127.0.0.1", server.port + 1));
  let working = true;
  const work = async () => {
    while (working)
      await store
        .read((client) => client.xreadgroupBuffer("GROUP", "workers", "one", "BLOCK", 100, "STREAMS", key, ">"))
        .catch((error: { code: string }) => assert.equal(error.code, "READONLY"));
  };
  const worker = work();
  await until("its connection has been made again", () => logged.some((line) => line.startsWith("info")));
  working = false;
  await worker;
});

test("a server that loads its data counts as away until it has", patient, async (context) => {
  const server = await startRedis(context);
  const { store } = await openStore(context, server.url);
  await store.script(`for i = 1, 2000 do redis.call("SET", KEYS[1] .. i, i) end`)([key], []);
  await store.run((client) => client.save());
  await server.restart("--key-load-delay", "1000", "--loading-process-events-interval-bytes", "1024");
  await until("it is seen to load", () => /loading its data/.test(store.notReady() ?? ""));
  await assert.rejects(
    store.run((client) => client.get(`${key}2000`)),
    { fault: "away", message: /loading its data/ },
  );
  await untilBack(store);
  assert.equal(await store.run((client) => client.get(`${key}2000`)), "2000");
});

test("a server that comes back without our database is away: nothing goes into another", patient, async (context) => {
  const server = await startRedis(context);
  const { store, logged } = await openStore(context, `${server.url}/3`);
  await server.restart("--databases", "1");
  await until("it is told", () => /DB index is out of range/.test(store.notReady() ?? ""));
  await assert.rejects(
    store.run((client) => client.set(key, "1")),
    { fault: "away" },
  );
  const { store: other } = await openStore(context, server.url);
  const stats = async () => await other.run((client) => client.info("stats"));
  const tries = async () => Number(/^total_connections_received:(\d+)/m.exec(await stats())?.[1]);
  const before = await tries();
  while ((await tries()) < before + 2);
  assert.doesNotMatch(logged.join(), /answers again/);
  await server.restart();
  await untilBack(store);
  assert.match(String(await store.run((client) => client.client("INFO"))), / db=3 /);
});

test("a password that changes is told, and never shown", patient, async (context) => {
  const server = await startRedis(context, "--requirepass", "first-secret");
  const { store, logged } = await openStore(context, server.url.replace("//", "//:first-secret@"));
  await store.run((client) => client.config("SET", "requirepass", "second-secret"));
  await store.run((client) => client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no")).catch(() => {});
  await until("it is told", () => /WRONGPASS/.test(store.notReady() ?? ""));
  await assert.rejects(
    store.run((client) => client.get(key)),
    (error: Error) => !error.message.includes("secret"),
  );
  assert.doesNotMatch([...logged, store.notReady()].join(), /secret/);
});
