import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createGarble } from "./garble.ts";

const prior = [
  { belowSeconds: 0.4, probability: 0.3 },
  { belowSeconds: 0.8, probability: 0.05 },
];

describe("how often short speech is noise", () => {
  it("is what was known beforehand, until something is found", () => {
    const { probability } = createGarble(prior);
    assert.deepEqual([0.3, 0.39, 0.4, 0.7, 0.8, 5].map(probability), [0.3, 0.3, 0.05, 0.05, 0, 0]);
  });

  it("is what the guard finds, the sooner the more it finds, of that length alone", () => {
    const garble = createGarble(prior);
    for (let n = 0; n < 20; n++) garble.learn(0.7, n % 2 === 0);
    assert.equal(garble.probability(0.7), (0.05 * 20 + 10) / 40);
    for (let n = 0; n < 200; n++) garble.learn(0.7, n % 2 === 0);
    assert.ok(Math.abs(garble.probability(0.7) - 0.46) < 0.01, `${garble.probability(0.7)}`);
    assert.deepEqual([0.3, 0.5].map(garble.probability), [0.3, 0.05]);
  });

  it("is believed again of an engine that was repaired, and of one that broke", () => {
    for (const [before, after, most, least] of [
      [true, false, 0.1, 0],
      [false, true, 1, 0.9],
    ] as const) {
      const garble = createGarble(prior);
      for (let n = 0; n < 100_000; n++) garble.learn(0.5, before);
      for (let n = 0; n < 2000; n++) garble.learn(0.5, after);
      const probability = garble.probability(0.5);
      assert.ok(probability <= most && probability >= least, `${probability}`);
    }
  });

  it("is not asked of long speech, whose noise says nothing of its length", () => {
    const garble = createGarble(prior);
    for (let n = 0; n < 100; n++) garble.learn(2.5, true);
    assert.equal(garble.probability(2.5), 0);
  });
});
