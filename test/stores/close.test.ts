import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import { type TestContext, test } from "vitest";
import { storeKey } from "../../infra/stores/keys.ts";
import { startRedis } from "../support/redis.ts";
import { until } from "../support/until.ts";
import { hastyClock, openStore } from "./open.ts";

const key = storeKey("turn", "log");
const patient = { timeout: 30_000 };

/**
 * Tells what a store holds from now on: its sockets, and timers by where they were set. The test runner has timers of
 * its own, so that all that are set are looked at, and those count that come from a store or its client.
 */
function watch(context: TestContext): () => Promise<string[]> {
  const timers = new Map<number, string>();
  const hook = createHook({
    init(id, type) {
      const stack = type === "Timeout" ? (new Error().stack ?? "") : "";
      const line = stack.split("\n").find((line) => /ioredis|infra\/stores/.test(line));
      if (line !== undefined) timers.set(id, line.trim());
    },
    destroy: (id) => timers.delete(id),
  }).enable();
  context.onTestFinished(() => void hook.disable());
  return async () => {
    // The end of a timer is told a turn of the event loop later.
    await setImmediate();
    await setImmediate();
    return [...process.getActiveResourcesInfo().filter((kind) => /^TCP/.test(kind)), ...timers.values()];
  };
}

test("closed while all of it is in use: what waits fails, and nothing is left", patient, async (context) => {
  const server = await startRedis(context);
  const held = watch(context);
  const { store, logged } = await openStore(context, server.url);
  await store.listen(storeKey("turn", "bell"), () => {});
  const reading = store.read((client) => client.xreadBuffer("BLOCK", 5_000, "STREAMS", key, "0"));
  while (!/cmd=xread /.test(String(await store.run((client) => client.client("LIST")))));
  const failed = assert.rejects(reading, { name: "StoreError" });
  assert.ok((await held()).length > 3);

  await store.close();
  assert.deepEqual(await held(), []);
  await failed;
  await store.close();
  assert.match(store.notReady() ?? "", /this store is closed/);
  const closed = { name: "StoreError", fault: "away", message: /this store is closed/ };
  await assert.rejects(
    store.run((client) => client.get(key)),
    closed,
  );
  await assert.rejects(
    store.listen(key, () => {}),
    closed,
  );
  await assert.rejects(
    store.read((client) => client.xreadBuffer("STREAMS", key, "0")),
    closed,
  );
  // An end that was asked for is no outage.
  assert.deepEqual(logged, []);
});

for (const how of ["kill", "freeze"] as const)
  test(`closed during an outage (${how}): nothing is left`, patient, async (context) => {
    const server = await startRedis(context);
    const held = watch(context);
    const { store } = await openStore(context, server.url);
    await store.listen(storeKey("turn", "bell"), () => {});
    const reading = store.read((client) => client.xreadBuffer("BLOCK", 5_000, "STREAMS", key, "0"));
    const failed = reading.catch(() => {});
    await server[how]();
    const lost = store.run((client) => client.get(key)).catch(() => {});
    await until("the outage is noticed", () => store.notReady() !== undefined);
    const waiting = store.read((client) => client.xreadBuffer("BLOCK", 5_000, "STREAMS", key, "0")).catch(() => {});
    await store.close();
    assert.deepEqual(await held(), []);
    await Promise.all([failed, lost, waiting]);
  });

test("closed with a command under way on a server that is frozen: nothing is left", patient, async (context) => {
  const server = await startRedis(context);
  const held = watch(context);
  const { store } = await openStore(context, server.url);
  server.freeze();
  const cut = assert.rejects(
    store.run((client) => client.get(key)),
    { fault: "unanswered" },
  );
  await store.close();
  assert.deepEqual(await held(), []);
  await cut;
});

test("a start that fails leaves nothing", patient, async (context) => {
  const server = await startRedis(context);
  const held = watch(context);
  for (const how of ["freeze", "kill"] as const) {
    await server[how]();
    await assert.rejects(openStore(context, server.url, { clock: hastyClock }));
    assert.deepEqual(await held(), []);
  }
});
