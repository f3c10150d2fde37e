import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../clock/virtual.ts";
import { createPace } from "./pace.ts";

test("waits in a row end when they should, however late the timers fire", async () => {
  const real = createVirtualClock();
  // A machine whose timers fire up to a millisecond late.
  const late = { ...real, after: (delayMs: number, wake: () => void) => real.after(Math.ceil(delayMs) + 0.5, wake) };
  const pace = createPace(late, 1);
  const work = (async () => {
    for (let step = 0; step < 100; step++) await pace(18.12);
    return real.now();
  })();
  await real.advance(3000);
  const ended = await work;
  assert.ok(Math.abs(ended - 1812) < 3, `${ended} ms`);
});

test("a pause between two pieces of work is not made up for", async () => {
  const clock = createVirtualClock();
  const pace = createPace(clock, 2);
  const first = pace(10);
  await clock.advance(500);
  await first;
  let done = false;
  const second = pace(10).then(() => {
    done = true;
  });
  await clock.advance(19);
  assert.equal(done, false);
  await clock.advance(1);
  await second;
});

test("work that is given up throws the signal's reason", async () => {
  const stop = new AbortController();
  const waiting = [1, 0].map((timeScale) =>
    assert.rejects(createPace(createVirtualClock(), timeScale)(10, stop.signal), { name: "AbortError" }),
  );
  stop.abort();
  await Promise.all(waiting);
});

test("a timer that is four milliseconds late or more has paused", async () => {
  for (const [pausedMs, endsAt] of [
    [3.9, 20],
    [4, 24],
  ] as const) {
    const clock = createVirtualClock();
    const pace = createPace(clock, 1);
    const first = pace(10);
    await clock.advance(10);
    await first;
    await clock.advance(pausedMs);
    const ended: number[] = [];
    const second = pace(10).then(() => ended.push(clock.now()));
    await clock.advance(100);
    await second;
    assert.deepEqual(ended, [endsAt]);
  }
});

test("work that takes no time lets the others go on, and no timer waits for it", async () => {
  const clock = createVirtualClock();
  const pace = createPace(clock, 0);
  let others = 0;
  setImmediate(() => others++);
  await pace(1e9);
  assert.deepEqual([others, clock.pending, clock.now()], [1, 0, 0]);
});

test("waits that begin together end together, each after its own work", async () => {
  const clock = createVirtualClock();
  const pace = createPace(clock, 0.5);
  const ended: number[] = [];
  for (let i = 0; i < 3; i++) void pace(20).then(() => ended.push(clock.now()));
  await clock.advance(100);
  assert.deepEqual(ended, [10, 10, 10]);
});
