import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../clock/virtual.ts";
import { createPace } from "./cost.ts";

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
