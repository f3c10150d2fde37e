import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createSlowness } from "./slowness.ts";

const having = (...pieces: number[]) => {
  const slowness = createSlowness();
  for (const times of pieces) slowness.learn(times);
  return slowness.times;
};
const ten = (times: number): number[] => Array(10).fill(times);

describe("how slow a worker is", () => {
  it("is as its engine, before anything is known and while it is", () => {
    assert.equal(having(), 1);
    assert.equal(having(...ten(1)), 1);
  });

  it("is known within ten pieces of work, to a tenth", () => {
    assert.ok(Math.abs(having(...ten(3)) - 3) < 0.3, `${having(...ten(3))}`);
    assert.ok(Math.abs(having(...ten(3), ...ten(1)) - 1) < 0.1, "and back");
    assert.ok(Math.abs(having(...ten(1 / 3)) - 1 / 3) < 0.04);
  });

  it("is moved as far by half as by twice as long, so that what is guessed too long and too short evens out", () => {
    const evens = having(...Array.from({ length: 40 }, (_, nth) => (nth % 2 === 0 ? 2 : 0.5)));
    assert.ok(evens > 0.85 && evens < 1.15, `${evens}`);
  });

  it("is finite, whatever took no time", () => assert.ok(having(0) > 0));
});
