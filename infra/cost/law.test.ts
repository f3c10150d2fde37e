import assert from "node:assert/strict";
import { test } from "vitest";
import { createRandom } from "../random/random.ts";
import { createEvenLaw, createHiddenLaw, exactLaw, readLaw } from "./law.ts";

/** What an engine takes for work that should take 10 ms, many times over. */
const draws = (seed: number, size = 1, count = 4000) => {
  const law = createHiddenLaw(seed);
  return Array.from({ length: count }, () => law(10, size));
};
const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] as number;
const seeds = Array.from({ length: 50 }, (_, seed) => seed);

test("a hidden law is the same engine for the same seed, and another for another", () => {
  assert.deepEqual(draws(7), draws(7));
  assert.notEqual(median(draws(7)), median(draws(8)));
});

test("hidden laws are off the cost model by more than it forgives, both ways", () => {
  const medians = seeds.map((seed) => median(draws(seed)));
  assert.ok(medians.some((ms) => ms < 9) && medians.some((ms) => ms > 13), `${medians}`);
  assert.ok(
    medians.every((ms) => ms > 3 && ms < 40),
    "and are still engines that one could meet",
  );
});

test("work goes up in steps with its size: neither in proportion nor evenly", () => {
  const ratios = seeds.map((seed) => median(draws(seed, 100)) / median(draws(seed, 1)));
  assert.ok(
    ratios.every((ratio) => ratio > 1.1 && ratio < 4),
    `${ratios}`,
  );
});

test("the first work is slower, and some work is far slower", () => {
  const warm = seeds.map((seed) => median(draws(seed).slice(0, 3)) / median(draws(seed).slice(1000)));
  assert.ok(median(warm) > 1.5, `${median(warm)}`);
  const worst = seeds.map((seed) => Math.max(...draws(seed).slice(500)) / median(draws(seed)));
  assert.ok(median(worst) > 3, `${median(worst)}`);
  assert.ok(worst.every((factor) => factor < 100));
});

test("the even law stays within 3 %", () => {
  const law = createEvenLaw(createRandom(1));
  for (let i = 0; i < 1000; i++) assert.ok(Math.abs(law(100, 1) - 100) <= 3);
});

test("a law is named on the command line", () => {
  assert.equal(readLaw("model"), undefined);
  assert.equal(readLaw("hidden:5")?.(10, 1), createHiddenLaw(5)(10, 1));
  assert.equal(readLaw("hidden:12")?.(10, 1), createHiddenLaw(12)(10, 1));
  for (const wrong of ["hidden", "hidden:", "hidden:x", "hidden:5x", "xhidden:5", "fast"])
    assert.throws(() => readLaw(wrong), /--law/);
});

test("the exact law is the cost model", () => assert.deepEqual([exactLaw(10, 1), exactLaw(7, 99)], [10, 7]));

test("the even law goes both ways, about the cost model", () => {
  const law = createEvenLaw(createRandom(1));
  const drawn = Array.from({ length: 1000 }, () => law(100, 1)).toSorted((a, b) => a - b) as [number, ...number[]];
  assert.ok(drawn[0] < 97.2 && (drawn.at(-1) ?? 0) > 102.8 && Math.abs(median(drawn) - 100) < 0.5);
});

test("a law follows from its seed and from nothing else, in the order of work", () => {
  const [one, other] = [createHiddenLaw(3), createHiddenLaw(3)];
  // What is done does not change what is drawn for the next.
  for (let n = 0; n < 1000; n++) {
    const [small, large] = [one(10, 1), other(10, 100)];
    assert.ok(large >= small);
  }
  assert.equal(one(10, 1), other(10, 1));
  assert.ok(Math.abs(one(20, 1) / other(10, 1) - 2) < 1e-9, "it is in proportion to the cost model");
});

test("what was measured with a seed can be measured again: its engine is the same in every version", () => {
  const engines: [seed: number, firstMs: number, secondMs: number, laterMs: number, lastMs: number, sumMs: number][] = [
    [1, 48.7236, 55.7942, 28.4654, 29.266, 173_214.88],
    [2, 74.5803, 74.8039, 27.3271, 38.4891, 279_584.65],
    [3, 39.6355, 53.454, 31.1977, 30.8849, 240_504.73],
  ];
  for (const [seed, ...expected] of engines) {
    const law = createHiddenLaw(seed);
    const all = Array.from({ length: 8000 }, (_, n) => law(10, 1 + (n % 64)));
    const found = [all[0], all[1], all[100], all[7999], all.reduce((sum, ms) => sum + ms, 0)] as number[];
    for (const [at, ms] of expected.entries())
      assert.ok(Math.abs((found[at] as number) - ms) < 0.01, `${found[at]}, not ${ms}`);
  }
});
