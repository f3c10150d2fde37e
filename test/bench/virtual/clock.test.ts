import assert from "node:assert/strict";
import { test } from "vitest";
import { sleep } from "../../../infra/clock/clock.ts";
import { createEventClock } from "./clock.ts";

test("whoever waits is woken in order of time, and of asking at the same time, however many wait", async () => {
  const clock = createEventClock();
  // A fixed walk through 0 to 996 in which each comes twice.
  const delays = Array.from({ length: 1994 }, (_, index) => (index * 367) % 997);
  const woken: { at: number; nth: number }[] = [];
  const waits = delays.map(
    (delay, nth) =>
      new Promise<void>((resolve) => {
        clock.after(delay, () => {
          woken.push({ at: clock.now(), nth });
          resolve();
        });
      }),
  );
  await clock.run(Promise.all(waits));
  const expected = delays.map((at, nth) => ({ at, nth })).sort((a, b) => a.at - b.at || a.nth - b.nth);
  assert.deepEqual(woken, expected);
});

test("time stands still while promises settle, and passes by what is waited for", async () => {
  const clock = createEventClock();
  const work = async () => {
    await sleep(clock, 10);
    for (let round = 0; round < 100; round++) await Promise.resolve();
    const before = clock.now();
    await sleep(clock, 0.25);
    return [before, clock.now()];
  };
  assert.deepEqual(await clock.run(work()), [10, 10.25]);
});

test("what was taken back wakes nobody, and nobody is waited for in vain", async () => {
  const clock = createEventClock();
  clock.after(5, () => assert.fail())();
  await clock.run(sleep(clock, 10));
  assert.equal(clock.now(), 10);
  await assert.rejects(clock.run(new Promise(() => {})), /waits for something that will never be/);
  await assert.rejects(clock.run(Promise.reject(new Error("broken"))), /broken/);
});
