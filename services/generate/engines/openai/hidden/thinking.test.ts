import assert from "node:assert/strict";
import { it } from "vitest";
import { createVirtualClock } from "../../../../../infra/clock/virtual.ts";
import { createThinkingTeller } from "./thinking.ts";

/** When something arrives: the count of thoughts, whether one came beside the text, and whether text follows. */
type Step = readonly [at: number, thoughts: number, beside?: boolean, ended?: boolean];

async function told(...steps: readonly Step[]) {
  const clock = createVirtualClock();
  const teller = createThinkingTeller(clock);
  const events: [elapsedMs: number, done: boolean][] = [];
  for (const [at, thoughts, beside = false, ended = false] of steps) {
    await clock.advance(at - clock.now());
    const event = teller.next(thoughts, beside, ended);
    if (event !== undefined) events.push([event.elapsedMs, event.done]);
  }
  return events;
}

it("is told at once, then once a second, and in the end", async () => {
  assert.deepEqual(
    await told([5, 1], [6, 2], [1004, 3], [1005, 4], [1006, 5], [2004, 6], [2005, 7], [2500, 7, false, true]),
    [
      [0, false],
      [1000, false],
      [2000, false],
      [2495, true],
    ],
  );
});

it("goes on in silence, and is told of with what comes later", async () => {
  assert.deepEqual(await told([5, 1], [3000, 1], [3500, 1, false, true]), [
    [0, false],
    [2995, false],
    [3495, true],
  ]);
});

it("is told of from the first moment of a clock", async () => {
  assert.deepEqual(await told([0, 1], [999, 2], [1001, 3]), [
    [0, false],
    [1001, false],
  ]);
});

it("may come beside the text", async () => {
  assert.deepEqual(await told([5, 0, true], [10, 0, true], [20, 0, false, true]), [
    [0, false],
    [15, true],
  ]);
});

it("is none where nothing is thought, and none more after its end", async () => {
  assert.deepEqual(await told([5, 0], [10, 0, false, true], [20, 0]), []);
  assert.deepEqual(await told([5, 1, false, true], [10, 1], [20, 1, false, true]), [[0, true]]);
});

it("may begin again, and is timed anew", async () => {
  assert.deepEqual(await told([5, 1], [10, 1, false, true], [100, 2], [150, 2, false, true]), [
    [0, false],
    [5, true],
    [0, false],
    [50, true],
  ]);
});
