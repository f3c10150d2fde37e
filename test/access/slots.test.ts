import assert from "node:assert/strict";
import { test } from "vitest";
import type { Subject } from "../../edge/access/limits/limits.ts";
import { createSlots } from "../../edge/access/limits/slots.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { storeKey } from "../../infra/stores/keys.ts";
import { openStore } from "../stores/open.ts";
import { startRedis } from "../support/redis.ts";

const acme: Subject = { name: "tenant acme", id: ["tenant", "acme"], limits: {} };
const key = storeKey(acme.id, "turns");

test("what an edge that has died had taken is free again, and what one that lives has is not", async (context) => {
  const redis = await startRedis(context);
  const { store } = await openStore(context, redis.url);
  const clock = createVirtualClock();
  const dead = createSlots({ redis: store, clock: createVirtualClock() });
  const alive = createSlots({ redis: store, clock });
  const late = createSlots({ redis: store, clock: createVirtualClock() });
  await dead.take(acme, 2);
  const giveBack = await alive.take(acme, 2);
  assert.equal(await late.take(acme, 2), undefined);

  // All leases are about to run out.
  const names = await store.run((client) => client.zrange(key, 0, "-1"));
  assert.equal(names.length, 2);
  for (const name of names) await store.run((client) => client.zadd(key, Date.now() - 1, name));
  await clock.advance(10_000);
  for (let tries = 0; tries < 500; tries++) {
    const left = await store.run((client) => client.zcount(key, Date.now() + 20_000, "+inf"));
    if (left === 1) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const taken = await late.take(acme, 2);
  assert.ok(taken !== undefined, "the dead one's");
  assert.equal(await late.take(acme, 2), undefined, "not the living one's");
  assert.ok((await store.run((client) => client.pttl(key))) > 20_000);

  await giveBack?.();
  assert.equal(clock.pending, 0, "nothing is renewed where nothing is taken");
  assert.ok((await late.take(acme, 2)) !== undefined);
  for (const slots of [dead, alive, late]) slots.close();
});

test("what was taken while Redis was away counts once it is back", async (context) => {
  const redis = await startRedis(context);
  const { store } = await openStore(context, redis.url);
  const clock = createVirtualClock();
  const slots = createSlots({ redis: store, clock });
  await redis.kill();
  const taken = await Promise.all([slots.take(acme, 2), slots.take(acme, 2)]);
  assert.ok(taken.every((slot) => slot !== undefined));
  assert.equal(await slots.take(acme, 2), undefined, "the limit holds for what runs here");
  await redis.restart();
  const other = createSlots({ redis: store, clock: createVirtualClock() });
  for (let tries = 0; store.notReady() !== undefined && tries < 500; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await clock.advance(10_000);
  for (let tries = 0; tries < 500 && (await store.run((client) => client.zcard(key))) < 2; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(await other.take(acme, 2), undefined);
  for (const giveBack of taken) await giveBack?.();
  assert.ok((await other.take(acme, 2)) !== undefined);
  slots.close();
  other.close();
});
