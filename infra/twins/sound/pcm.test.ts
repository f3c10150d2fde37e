import assert from "node:assert/strict";
import { test } from "vitest";
import { resampleTwice, trimSilence } from "./pcm.ts";

/** The strength of a frequency in samples, in dB of the strongest that there can be. */
function levelAt(samples: Int16Array, turnsPerSample: number): number {
  let [real, imaginary] = [0, 0];
  for (const [index, sample] of samples.entries()) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length);
    real += sample * window * Math.cos(2 * Math.PI * turnsPerSample * index);
    imaginary += sample * window * Math.sin(2 * Math.PI * turnsPerSample * index);
  }
  return 20 * Math.log10(Math.hypot(real, imaginary) / (samples.length / 4) / 32_768);
}

test("doubling the rate keeps the tone and leaves no image of it", () => {
  for (const hertz of [200, 1000, 4000, 8000]) {
    const tone = Int16Array.from(
      { length: 8000 },
      (_, index) => 16_384 * Math.sin((2 * Math.PI * hertz * index) / 22_050),
    );
    const doubled = resampleTwice(tone);
    assert.equal(doubled.length, 16_000);
    assert.ok(Math.abs(levelAt(doubled, hertz / 44_100) + 6) < 0.2, `${hertz} Hz is kept`);
    const image = levelAt(doubled, (22_050 - hertz) / 44_100);
    assert.ok(image < -70, `image of ${hertz} Hz at ${image} dB`);
  }
});

test("silence is cut off both ends, and the ends fade", () => {
  const samples = new Int16Array(3000);
  samples.fill(1000, 1000, 2000);
  const trimmed = trimSilence(samples);
  assert.ok(trimmed.length >= 1000 && trimmed.length < 1300);
  assert.equal(trimmed[0], 0);
  assert.equal(trimmed.at(-1), 0);
  assert.equal(trimSilence(new Int16Array(100)).length, 0);
});
