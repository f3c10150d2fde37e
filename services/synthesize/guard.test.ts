import assert from "node:assert/strict";
import { it } from "node:test";
import { guard } from "./guard.ts";

const rate = 44_100;
const text = "今天天气很好，我们出去走走。"; // 12 hanzi: about 2.7 s
const tone = (seconds: number) =>
  Int16Array.from({ length: Math.round(seconds * rate) }, (_, i) => Math.round(8000 * Math.sin(i / 20)));
const quiet = (seconds: number) => new Int16Array(Math.round(seconds * rate));
const join = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

for (const [what, samples, suspect] of [
  ["audio as long as its text", tone(2.7), undefined],
  ["nothing", new Int16Array(0), "empty"],
  ["silence", quiet(2.7), "silent"],
  ["a blip", tone(0.14), "short"],
  ["a loop", tone(20), "long"],
] as const)
  it(`finds ${what} ${suspect ?? "good"}`, () => assert.equal(guard(samples, text, rate).suspect, suspect));

it("cuts dead ends, but leaves a short pause", () => {
  const { samples } = guard(join(quiet(1), tone(2.7), quiet(1.5)), text, rate);
  assert.ok(Math.abs(samples.length / rate - (0.05 + 2.7 + 0.25)) < 0.01);
});

it("puts a sample that wrapped around back to the top", () => {
  const samples = tone(2.7);
  samples.set([20_000, -32_768, 20_000], 1000);
  assert.equal(Math.min(...guard(samples, text, rate).samples), -8000);
});

it("leaves a true negative peak alone", () => {
  const samples = tone(2.7);
  samples.set([-30_000, -32_768, -30_000], 1000);
  assert.equal(Math.min(...guard(samples, text, rate).samples), -32_768);
});

it("begins and ends at zero, so that joins do not click", () => {
  const { samples } = guard(tone(2.7), text, rate);
  assert.deepEqual([samples[0], samples.at(-1)], [0, 0]);
});

it("does not change the audio that it was given", () => {
  const samples = tone(1);
  const before = samples.slice();
  guard(samples, text, rate);
  assert.deepEqual(samples, before);
});
