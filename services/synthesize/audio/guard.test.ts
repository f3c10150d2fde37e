import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import type { Checks } from "./checks.ts";
import { createGuard } from "./guard.ts";
import { pauseAfter } from "./pauses.ts";
import { concatSamples } from "./pcm.ts";

const rate = 44_100;
const text = "今天天气很好，我们出去走走。"; // 12 hanzi: about 2.7 s
const tone = (seconds: number) =>
  Int16Array.from({ length: Math.round(seconds * rate) }, (_, i) => Math.round(8000 * Math.sin(i / 20)));
const quiet = (seconds: number) => new Int16Array(Math.round(seconds * rate));

const open = (checks: Partial<Checks> = {}, words = text) =>
  createGuard({ text: words, sampleRateHertz: rate, checks: { wraps: true, loops: true, speed: 1, ...checks } });

const lowest = (samples: Int16Array) => samples.reduce((a, b) => Math.min(a, b), 0);

/** All that comes out, and the verdict. */
function guard(...pushes: Int16Array[]) {
  const guarded = open();
  const samples = concatSamples([...pushes.map((push) => guarded.push(push.slice())), guarded.end()]);
  return { samples, suspicion: guarded.suspicion() };
}

for (const [what, samples, suspicion] of [
  ["audio as long as its text", tone(2.7), undefined],
  ["nothing", new Int16Array(0), "silent"],
  ["silence", quiet(2.7), "silent"],
  ["a blip", tone(0.14), "short"],
  ["speech that was stopped at the limit", tone(2.7 * 1.8 + 0.9), "long"],
  ["slow speech", tone(2.7 * 1.8), undefined],
] as const)
  it(`finds ${what} ${suspicion ?? "good"}`, () => assert.equal(guard(samples).suspicion, suspicion));

it("cuts dead ends, but leaves a short pause", () => {
  const { samples } = guard(quiet(1), tone(2.7), quiet(1.5));
  assert.ok(Math.abs(samples.length / rate - (0.05 + 2.7 + 0.3)) < 0.01);
});

it("puts a sample that wrapped around back to the top", () => {
  const samples = tone(2.7);
  samples.set([20_000, -32_768, 20_000], 1000);
  assert.equal(lowest(guard(samples).samples), -8000);
});

it("leaves a true negative peak alone", () => {
  const samples = tone(2.7);
  samples.set([-30_000, -32_768, -30_000], 1000);
  assert.equal(lowest(guard(samples).samples), -32_768);
});

it("begins and ends at zero, so that joins do not click, also where an answer was cut", () => {
  const { samples } = guard(tone(1));
  assert.deepEqual([samples[0], samples.at(-1)], [0, 0]);
});

it("keeps a pause between two sounds as long as it is", () => {
  const { samples } = guard(tone(1), quiet(0.8), tone(1));
  assert.ok(Math.abs(samples.length / rate - (2.8 + 0.2)) < 0.01);
});

it("passes sound on while it comes", () => {
  const guarded = open();
  assert.ok(guarded.push(tone(1)).length > 0.9 * rate);
});

it("does the same however the audio is cut", () => {
  const click = tone(0.5);
  click.set([20_000, -32_768, 20_000], 9000);
  const all = concatSamples([quiet(0.3), click, quiet(0.4), tone(0.4), quiet(0.6)]);
  const whole = guard(all);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: all.length }), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), all.length];
      assert.deepEqual(guard(...at.slice(1).map((end, i) => all.slice(at[i], end))), whole);
    }),
    { numRuns: 60 },
  );
});

it("hears what swings to one side alone, at any rate louder than silence", () => {
  const steady = (level: number) => new Int16Array(Math.round(2.7 * rate)).fill(level);
  for (const level of [-8000, 8000, -105, 105]) assert.notEqual(guard(steady(level)).suspicion, "silent", `${level}`);
  for (const level of [-104, 104]) assert.equal(guard(steady(level)).suspicion, "silent", `${level}`);
});

it("fades each of the first and the last 5 ms, and nothing between; the pause behind it is silence", () => {
  const fade = Math.round(0.005 * rate);
  const sounding = Math.round(2.7 * rate);
  const { samples } = guard(new Int16Array(sounding).fill(8000));
  const expected = (place: number) => {
    const fromEdge = Math.min(place, sounding - 1 - place);
    return fromEdge < 0 ? 0 : Math.trunc(8000 * Math.min(1, fromEdge / fade));
  };
  // Not compared as a whole: telling how a hundred thousand samples differ takes minutes.
  assert.equal(
    samples.findIndex((sample, place) => sample !== expected(place)),
    -1,
  );
  assert.equal(samples.length, sounding + Math.round(pauseAfter(text).least * rate));
});
