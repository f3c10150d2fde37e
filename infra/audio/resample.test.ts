import assert from "node:assert/strict";
import { test } from "vitest";
import { concatSamples } from "./pcm.ts";
import { createResampler } from "./resample.ts";

const tone = (rate: number, seconds: number, hertz = 440) =>
  Int16Array.from({ length: rate * seconds }, (_, i) => 12_000 * Math.sin((2 * Math.PI * hertz * i) / rate));

async function resampled(samples: Int16Array, from: number, to: number, piece: number): Promise<Int16Array> {
  const resampler = await createResampler(from, to);
  const pieces: Int16Array[] = [];
  for (let at = 0; at < samples.length; at += piece) pieces.push(resampler.push(samples.subarray(at, at + piece)));
  pieces.push(resampler.end());
  resampler.close();
  return concatSamples(pieces);
}

for (const [from, to] of [
  [44_100, 24_000],
  [22_050, 24_000],
  [48_000, 24_000],
  [16_000, 44_100],
] as const)
  test(`${from} Hz becomes ${to} Hz: as long, as loud, in place, however it was cut`, async () => {
    const whole = await resampled(tone(from, 1), from, to, from);
    const cut = await resampled(tone(from, 1), from, to, 1237);
    assert.deepEqual(cut, whole);
    assert.ok(Math.abs(whole.length - to) <= 2, `${whole.length} samples`);
    const wanted = tone(to, 1);
    // The ends ring; in between each sample is where it should be.
    const errors = wanted.slice(500, -500).map((sample, i) => Math.abs(sample - (whole[i + 500] as number)));
    assert.ok(Math.max(...errors) < 120, `off by ${Math.max(...errors)}`);
  });
