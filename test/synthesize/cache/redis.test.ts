import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import type { RedisStore } from "../../../infra/stores/redis.ts";
import { createRedisTier } from "../../../services/synthesize/cache/redis.ts";
import { openStore } from "../../stores/open.ts";
import { startRedis } from "../../support/redis.ts";

const megabyte = 2 ** 20;

/** Speech that is told apart by its values; 100,000 samples take four pieces. */
const speech = (seed: number, count = 100_000) =>
  Int16Array.from({ length: count }, (_, at) => (at * 31 + seed) % 30_000);

async function open(context: TestContext, maxBytes = megabyte) {
  const server = await startRedis(context);
  const { store } = await openStore(context, server.url, { mayEvict: true });
  return { server, store, tier: createRedisTier(store, maxBytes) };
}

/** All that is kept, as the server has it. */
async function held(store: RedisStore) {
  const keys = await store.run((client) => client.keys("duet:{segments}:entry:*"));
  const sizes = await Promise.all(
    keys.map(async (key) => {
      const fields = await store.run((client) => client.hgetallBuffer(key));
      return Object.entries(fields).flatMap(([name, piece]) => (name === "bytes" ? [] : [piece.length]));
    }),
  );
  const total = Number(await store.run((client) => client.get("duet:{segments}:bytes")));
  return { entries: keys.length, pieces: sizes.flat(), total };
}

test("speech comes back to the sample, in pieces of at most 60 KiB", async (context) => {
  const { store, tier } = await open(context);
  await tier.save("k", speech(1));
  assert.deepEqual(await tier.load("k"), speech(1));
  assert.equal(await tier.load("other"), undefined);
  const { pieces, total } = await held(store);
  assert.deepEqual([pieces.length, Math.max(...pieces) <= 60 * 1024, total], [4, true, 200_000]);
});

test("no more is kept than may be: what was used longest ago goes", async (context) => {
  const { store, tier } = await open(context);
  for (const seed of [1, 2, 3, 4, 5]) await tier.save(`k${seed}`, speech(seed));
  await tier.load("k1");
  await tier.save("k6", speech(6));
  const kept = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seed) => (await tier.load(`k${seed}`)) !== undefined));
  assert.deepEqual(kept, [true, false, true, true, true, true]);
  const { entries, total } = await held(store);
  assert.deepEqual([entries, total], [5, 1_000_000]);
});

test("the same words made twice count once", async (context) => {
  const { store, tier } = await open(context);
  await tier.save("k", speech(1));
  await tier.save("k", speech(2, 50_000));
  assert.deepEqual(await tier.load("k"), speech(2, 50_000));
  assert.equal((await held(store)).total, 100_000);
});

test("speech that would take more than a quarter of all is not shared", async (context) => {
  const { tier } = await open(context);
  await tier.save("k", speech(1, megabyte / 8 + 1));
  assert.equal(await tier.load("k"), undefined);
  await tier.save("k", speech(1, megabyte / 8));
  assert.equal((await tier.load("k"))?.length, megabyte / 8);
});

test("an entry that the server threw away is forgotten, and counts no longer", async (context) => {
  const { store, tier } = await open(context);
  await tier.save("gone", speech(1));
  await tier.save("here", speech(2));
  await store.run((client) => client.del("duet:{segments}:entry:gone"));
  assert.equal(await tier.load("gone"), undefined);
  assert.equal((await held(store)).total, 200_000);
});

test("books that the server threw away do not make it throw away all that comes after", async (context) => {
  const { store, tier } = await open(context);
  for (const seed of [1, 2, 3, 4, 5]) await tier.save(`k${seed}`, speech(seed));
  await store.run((client) => client.del("duet:{segments}:used", "duet:{segments}:sizes"));
  await tier.save("k6", speech(6));
  await tier.save("k7", speech(7));
  assert.deepEqual([await tier.load("k6"), await tier.load("k7")], [speech(6), speech(7)]);
});

test("an entry of which a piece is gone is none", async (context) => {
  const { store, tier } = await open(context);
  await tier.save("k", speech(1));
  await store.run((client) => client.hdel("duet:{segments}:entry:k", "2"));
  assert.equal(await tier.load("k"), undefined);
});

test("while the server is away nothing is found, nothing is kept, and nobody waits or fails", async (context) => {
  const { server, tier } = await open(context);
  await server.kill();
  assert.equal(await tier.load("k"), undefined);
  await tier.save("k", speech(1));
});
