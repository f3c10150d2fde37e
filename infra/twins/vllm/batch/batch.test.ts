import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../../clock/virtual.ts";
import { createPace, type VllmCost, vllmCosts } from "../../../cost/cost.ts";
import { exactLaw } from "../../../cost/law.ts";
import { createBatch } from "./batch.ts";

/** Steps without variation: every step is 10 ms, and 1 ms for each token of it. */
function createEvenBatch(limits: Partial<VllmCost> = {}, law = exactLaw) {
  const clock = createVirtualClock();
  const steps: number[] = [];
  const batch = createBatch({
    cost: { ...vllmCosts.tp1, stepMs: 10, tokenMs: 1, contextMs: 0, ...limits },
    pace: createPace(clock, 1),
    law,
    signal: new AbortController().signal,
    onStep: (tokens) => steps.push(tokens),
  });
  /** Runs a request; gives the times at which its tokens came. */
  const run = async (promptTokens: number, outputTokens: number, signal = new AbortController().signal) => {
    const times: number[] = [];
    for await (const count of batch.run(promptTokens, outputTokens, signal))
      for (let index = 0; index < count; index++) times.push(clock.now());
    return times;
  };
  return { clock, steps, batch, run };
}

test("the first token comes with the end of the prompt, the others a step apart", async () => {
  const { clock, steps, run } = createEvenBatch();
  const times = run(20, 3);
  await clock.advance(100);
  assert.deepEqual(await times, [30, 41, 52]);
  assert.deepEqual(steps, [20, 1, 1]);
  assert.equal(clock.pending, 0, "an empty batch takes no steps");
});

test("a long prompt is computed in parts, beside what is decoded", async () => {
  const { clock, steps, run } = createEvenBatch({ maxBatchedTokens: 16 });
  const one = run(1, 5);
  await clock.advance(11);
  const two = run(30, 1);
  await clock.advance(200);
  assert.deepEqual(steps, [1, 1, 16, 16, 1]);
  assert.deepEqual(await one, [11, 22, 48, 74, 85]);
  assert.deepEqual(await two, [74]);
});

test("what has no place waits its turn: requests beyond the limit, prompts beyond the cache", async () => {
  for (const limits of [{ maxSequences: 1 }, { kvTokens: 15 }]) {
    const { clock, batch, run } = createEvenBatch(limits);
    const [one, two] = [run(10, 2), run(10, 1)];
    await clock.advance(5);
    assert.equal(batch.load().running, 1);
    assert.equal(batch.load().waiting, 1);
    await clock.advance(100);
    assert.deepEqual(await one, [20, 31]);
    assert.deepEqual(await two, [51]);
  }
});

test("a request that is aborted leaves at once, in the batch or before it", async () => {
  const { clock, batch, run } = createEvenBatch({ maxSequences: 1 });
  const [first, second] = [new AbortController(), new AbortController()];
  const one = assert.rejects(run(1, 100, first.signal), { name: "AbortError" });
  const two = assert.rejects(run(1, 100, second.signal), { name: "AbortError" });
  await clock.advance(30);
  second.abort();
  await two;
  assert.deepEqual([batch.load().running, batch.load().waiting], [1, 0]);
  first.abort();
  await one;
  assert.deepEqual(batch.load(), { running: 0, waiting: 0, kvUsage: 0 });
  await clock.advance(50);
  assert.equal(clock.pending, 0);
});

test("a step takes what the law makes of it and of how many share it", async () => {
  const asked: [number, number][] = [];
  const { clock, run } = createEvenBatch({}, (ms, size) => {
    asked.push([ms, size]);
    return 2 * ms;
  });
  const both = [run(1, 2), run(1, 1)];
  await clock.advance(100);
  assert.deepEqual(await Promise.all(both), [[22, 46], [46]]);
  assert.deepEqual(asked, [
    [11, 1],
    [12, 2],
  ]);
});
