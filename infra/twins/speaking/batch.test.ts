import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../clock/virtual.ts";
import { speechCosts } from "../../cost/cost.ts";
import { exactLaw } from "../../cost/law.ts";
import { createBatch } from "./batch.ts";

const never = new AbortController().signal;

/** When each piece of each of `count` requests of `seconds` came, all begun at once. */
async function timesOf(count: number, seconds: number, name: keyof typeof speechCosts = "voxcpm-4090") {
  const clock = createVirtualClock();
  const batch = createBatch({ cost: speechCosts[name], law: exactLaw, clock, timeScale: 1, signal: never });
  const all = Array.from({ length: count }, async () => {
    const times: number[] = [];
    for await (const _ of batch.run(seconds, never)) times.push(clock.now());
    return times;
  });
  await clock.advance(600_000);
  return Promise.all(all);
}

for (const [count, firstMs, factor] of [
  [1, 67, 0.103],
  [8, 79, 0.131],
  [32, 114, 0.284],
  [64, 189, 0.605],
] as const)
  test(`${count} at once see the published figures`, async () => {
    for (const times of await timesOf(count, 8.16)) {
      assert.ok(Math.abs((times[0] as number) - firstMs) < 1, `first ${times[0]}`);
      const took = ((times.at(-1) as number) - (times[0] as number)) / 1000 / 8;
      assert.ok(Math.abs(took - factor) < 0.01 * factor, `factor ${took}`);
    }
  });

test("one more than there are places waits for one that ends", async () => {
  const times = await timesOf(2, 1, "kokoro-gpu");
  assert.deepEqual(
    times.map((one) => one.map(Math.round)),
    [[50], [100]],
  );
});

test("whoever leaves makes room, and the others go on faster", async () => {
  const clock = createVirtualClock();
  const { "kokoro-gpu": cost } = speechCosts;
  const batch = createBatch({ cost, law: exactLaw, clock, timeScale: 1, signal: never });
  const leaving = new AbortController();
  const first = batch.run(10, leaving.signal).next();
  const second = batch.run(1, never).next();
  await clock.advance(30);
  leaving.abort(new Error("left"));
  await assert.rejects(first, /left/);
  await clock.advance(50);
  assert.equal((await second).value, 1);
  assert.equal(batch.load.waiting, 0);
});
