import assert from "node:assert/strict";
import { test } from "vitest";
import { positionAt } from "./position.ts";

const speechOf = (...frames: number[]) => ({
  rate: 1000,
  complete: false,
  segments: frames.map((frames) => ({ start: 0, end: 0, frames, done: true, pieces: [] })),
});

for (const [what, frames, heard, expected] of [
  ["nothing has come", [], 0, [0, 0]],
  ["nothing was heard", [10, 20], 0, [0, 0]],
  ["part of a frame is none", [10, 20], 4.9, [0, 4]],
  ["the first is over, the second not begun", [10, 20], 10, [0, 10]],
  ["the second has begun", [10, 20], 11, [1, 1]],
  ["a segment without sound is passed over", [10, 0, 20], 12, [2, 2]],
  ["all was heard", [10, 20], 30, [1, 20]],
  ["more than has come", [10, 20], 99, [1, 20]],
  ["less than nothing", [10], -1, [0, 0]],
] as const)
  test(`${what}: segment ${expected[0]}, frame ${expected[1]}`, () => {
    const [segment, offset] = expected;
    assert.deepEqual(positionAt(speechOf(...frames), heard), { segment, offset });
  });
