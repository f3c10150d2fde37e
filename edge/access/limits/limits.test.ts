import assert from "node:assert/strict";
import { test } from "vitest";
import { flicksOf, flicksOfSeconds, mostAudioSeconds } from "./limits.ts";

test("a sample is a whole number of flicks at every rate of audio", () => {
  for (const rate of [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000])
    for (const samples of [1, 7, 44_101]) assert.equal(flicksOf(samples, rate) * rate, samples * 705_600_000);
});

test("sums stay whole up to the greatest limit", () => {
  assert.ok(Number.isSafeInteger(flicksOfSeconds(mostAudioSeconds)));
  assert.equal(flicksOfSeconds(mostAudioSeconds) + 1 - flicksOfSeconds(mostAudioSeconds), 1);
});
