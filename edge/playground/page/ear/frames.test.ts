import assert from "node:assert/strict";
import { test } from "vitest";
import { createFramer, frameSamples, loudnessOf, toPcm } from "./frames.ts";

test("samples come out in frames, whatever pieces they come in", () => {
  const all = Float32Array.from({ length: 3 * frameSamples + 100 }, (_, at) => at / 2000);
  for (const piece of [1, 43, 128, frameSamples, 1300, all.length]) {
    const frames: Float32Array[] = [];
    const push = createFramer((frame) => frames.push(frame));
    for (let from = 0; from < all.length; from += piece) push(all.subarray(from, from + piece));
    assert.deepEqual(
      frames.flatMap((frame) => [...frame]),
      [...all.subarray(0, 3 * frameSamples)],
      `pieces of ${piece}`,
    );
    assert.equal(new Set(frames.map(({ buffer }) => buffer)).size, 3, "each frame has its own memory");
  }
});

test("samples are written as 16 bits, and what is too loud is cut", () => {
  const pcm = toPcm([Float32Array.of(0, 0.5, -0.5), Float32Array.of(1.5, -1.5)]);
  const view = new DataView(pcm.buffer);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((at) => view.getInt16(2 * at, true)),
    [0, 16_384, -16_384, 32_767, -32_768],
  );
});

test("loudness is that of the whole frame", () => {
  assert.equal(loudnessOf(new Float32Array(frameSamples)), 0);
  assert.ok(Math.abs(loudnessOf(Float32Array.of(0.5, -0.5, 0.5, -0.5)) - 0.5) < 1e-6);
  assert.equal(loudnessOf(new Float32Array()), 0);
});
