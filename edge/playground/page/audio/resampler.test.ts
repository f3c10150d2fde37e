import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { createResampler, decodePcm } from "./resampler.ts";

function tone(hertz: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from(
    { length: rate * seconds },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * hertz * index) / rate),
  );
}

function resample(input: Float32Array, from: number, to: number, cuts: readonly number[] = []): Float32Array {
  const resampler = createResampler(from, to);
  const parts: Float32Array[] = [];
  let start = 0;
  for (const cut of [...cuts.toSorted((a, b) => a - b), input.length]) {
    parts.push(resampler.push(input.slice(start, cut)));
    start = cut;
  }
  parts.push(resampler.end());
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

for (const [from, to] of [
  [22050, 48000],
  [44100, 48000],
  [48000, 44100],
] as const)
  test(`a tone stays the same tone from ${from} to ${to} Hz`, () => {
    const output = resample(tone(1000, from, 0.5), from, to);
    const ideal = tone(1000, to, 0.5);
    assert.ok(Math.abs(output.length - ideal.length) <= 1);
    // Its ends hear the silence around it.
    for (let index = 50; index < ideal.length - 50; index++)
      assert.ok(Math.abs((output[index] as number) - (ideal[index] as number)) < 0.004, `sample ${index}`);
  });

test("cutting the input anywhere changes nothing", () => {
  const input = tone(440, 22050, 0.05);
  const whole = resample(input, 22050, 48000);
  fc.assert(
    fc.property(fc.array(fc.nat(input.length), { maxLength: 8 }), (cuts) => {
      const parts = resample(input, 22050, 48000, cuts);
      assert.equal(parts.length, whole.length);
      for (const [index, sample] of parts.entries()) assert.ok(Math.abs(sample - (whole[index] as number)) < 1e-6);
    }),
  );
});

test("reads PCM at any byte offset", () => {
  const bytes = Uint8Array.of(9, 0x00, 0x40, 0x00, 0x80);
  assert.deepEqual([...decodePcm(bytes.subarray(1))], [0.5, -1]);
});
