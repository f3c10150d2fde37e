import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { createSampleQueue, type SampleQueue } from "./sample-queue.ts";

const stateOf = ({ state }: SampleQueue) => state;
const ramp = (from: number, count: number) => Float32Array.from({ length: count }, (_, index) => from + index);

test("waits for its start buffer, then plays every sample once and in order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 }), (sizes) => {
      const queue = createSampleQueue(64);
      const heard: number[] = [];
      let next = 1;
      for (const size of sizes) {
        queue.push(ramp(next, size));
        next += size;
      }
      queue.end();
      const output = new Float32Array(128);
      while (queue.state !== "drained") {
        const before = queue.played;
        queue.read(output);
        heard.push(...output.subarray(0, queue.played - before));
      }
      assert.deepEqual(heard, [...ramp(1, next - 1)]);
      assert.equal(queue.underruns, 0);
    }),
  );
});

test("is silent while it fills", () => {
  const queue = createSampleQueue(100);
  queue.push(ramp(1, 99));
  const output = new Float32Array(16).fill(9);
  queue.read(output);
  assert.deepEqual([...output], Array(16).fill(0));
  assert.equal(queue.played, 0);
  queue.push(ramp(100, 1));
  queue.read(output);
  assert.equal(queue.played, 16);
});

test("clears at once, with a fade instead of a click", () => {
  const queue = createSampleQueue(1);
  queue.push(new Float32Array(1000).fill(0.8));
  const output = new Float32Array(128);
  queue.read(output);
  queue.clear();
  queue.read(output);
  assert.ok((output[0] as number) < 0.8 && (output[0] as number) > 0.7);
  assert.equal(output[127], 0);
  queue.read(output);
  assert.ok(output.every((sample) => sample === 0));
  assert.equal(queue.state, "drained");
  assert.equal(queue.played, 128);
});

test("fills again after samples came too late, and counts it", () => {
  const queue = createSampleQueue(10);
  queue.push(new Float32Array(10).fill(1));
  const output = new Float32Array(16);
  queue.read(output);
  assert.equal(queue.state, "filling");
  assert.equal(queue.underruns, 1);
  queue.push(new Float32Array(9).fill(1));
  queue.read(output);
  assert.equal(queue.played, 10);
});

test("holds without losing or repeating a sample, and lets nobody hear a click", () => {
  const queue = createSampleQueue(1);
  const samples = new Float32Array(1000).fill(0.5);
  queue.push(samples);
  const output = new Float32Array(100);
  queue.read(output);
  queue.hold(true);
  queue.read(output);
  assert.ok((output[0] as number) < 0.5 && (output[0] as number) > 0.4, "it fades");
  assert.equal(output[99], 0);
  for (let reads = 0; reads < 50; reads++) queue.read(output);
  assert.deepEqual([queue.played, queue.state, queue.underruns], [100, "playing", 0]);
  queue.end();
  queue.read(output);
  assert.equal(stateOf(queue), "playing", "what waits is still to be heard");
  queue.hold(false);
  queue.read(output);
  assert.equal(output[0], 0);
  assert.ok((output[99] as number) > 0.4, "it rises");
  while (stateOf(queue) !== "drained") queue.read(output);
  assert.equal(queue.played, 1000);
});

test("ends at once when it is cleared while it is held", () => {
  const queue = createSampleQueue(1);
  queue.push(new Float32Array(1000).fill(0.5));
  queue.hold(true);
  queue.clear();
  queue.read(new Float32Array(100));
  assert.deepEqual([queue.state, queue.played], ["drained", 0]);
});
