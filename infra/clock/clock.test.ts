import assert from "node:assert/strict";
import { it } from "vitest";
import { sleep, systemClock } from "./clock.ts";
import { createVirtualClock } from "./virtual.ts";

it("wakes in order of time, whatever the order of asking", async () => {
  const clock = createVirtualClock();
  const woken: string[] = [];
  clock.after(20, () => woken.push("late"));
  clock.after(10, () => {
    woken.push("early");
    clock.after(5, () => woken.push("in between"));
  });
  await clock.advance(19);
  assert.deepEqual(woken, ["early", "in between"]);
  assert.equal(clock.now(), 19);
  await clock.advance(1);
  assert.deepEqual(woken, ["early", "in between", "late"]);
});

it("does not wake what was taken back", async () => {
  const clock = createVirtualClock();
  clock.after(10, () => assert.fail())();
  await clock.advance(100);
  assert.equal(clock.pending, 0);
});

it("waits longer than a timer of the machine can", async () => {
  for (const delayMs of [2 ** 31 - 1, 2 ** 31, 2 ** 33, 3.6e14, Number.POSITIVE_INFINITY]) {
    let woken = false;
    const cancel = systemClock.after(delayMs, () => {
      woken = true;
    });
    await sleep(systemClock, 20);
    cancel();
    assert.ok(!woken, `${delayMs} ms are not over`);
  }
});

for (const [name, clock] of [
  ["virtual", createVirtualClock()],
  ["system", systemClock],
] as const)
  it(`ends a sleep on the ${name} clock with the signal's reason`, async () => {
    const leave = new AbortController();
    const sleeping = sleep(clock, 60_000, leave.signal);
    leave.abort(new Error("enough"));
    await assert.rejects(sleeping, /enough/);
    await assert.rejects(sleep(clock, 60_000, leave.signal), /enough/);
    if ("pending" in clock) assert.equal(clock.pending, 0);
  });
