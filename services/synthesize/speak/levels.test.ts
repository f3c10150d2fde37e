import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createLoudness } from "../audio/loudness.ts";
import { createLevels } from "./levels.ts";

const rate = 8000;
const tone = (level: number, count = rate) =>
  Int16Array.from({ length: count }, (_, at) => level * Math.sin((2 * Math.PI * at) / 40));
const loudnessOf = (...parts: readonly Int16Array[]) => {
  const loudness = createLoudness(rate);
  for (const part of parts) loudness.look(part);
  return loudness.dbfs;
};
const near = (a: number | undefined, b: number, tolerance = 0.01) =>
  assert.ok(Math.abs((a ?? Number.NaN) - b) < tolerance, `${a} is not ${b}`);

describe("how loud speech is", () => {
  it("is the power of what sounds, however it is cut and whatever pauses stand in it", () => {
    near(loudnessOf(tone(32_768)), -3.01);
    near(loudnessOf(tone(3276.8)), -23.01);
    near(loudnessOf(tone(3276.8), new Int16Array(rate), tone(3276.8)), -23.01);
    near(loudnessOf(tone(3276.8).subarray(0, 77), tone(3276.8).subarray(77)), -23.01);
  });

  it("is not known of silence", () => {
    assert.equal(loudnessOf(), undefined);
    assert.equal(loudnessOf(new Int16Array(rate)), undefined);
    assert.equal(loudnessOf(tone(250)), undefined);
    assert.notEqual(loudnessOf(tone(270)), undefined);
  });
});

describe("kept speech", () => {
  const adjusted = (level: number, ...heard: readonly number[]) => {
    const levels = createLevels(rate);
    for (const dbfs of heard) levels.heard("emma", dbfs);
    const samples = tone(level);
    return { samples, result: levels.adjust("emma", samples) };
  };

  it("is as loud as its voice speaks", () => {
    near(loudnessOf(adjusted(3276.8, -15).result), -15);
    near(loudnessOf(adjusted(3276.8, -35).result), -35, 0.02);
  });

  it("stays as it is where nothing is known of the voice, where nobody hears a difference, and where it is meant to differ", () => {
    for (const heard of [[], [-22.1], [-23.9], [-8], [-38.1]]) {
      const { samples, result } = adjusted(3276.8, ...heard);
      assert.equal(result, samples, String(heard));
    }
    const levels = createLevels(rate);
    levels.heard("oliver", -15);
    levels.heard("emma", undefined);
    const samples = tone(3276.8);
    assert.equal(levels.adjust("emma", samples), samples);
    const silence = new Int16Array(rate);
    levels.heard("emma", -15);
    assert.equal(levels.adjust("emma", silence), silence);
  });

  it("is never so loud that it is cut off at the top", () => {
    const { result } = adjusted(16_384, -3);
    assert.equal(
      result.reduce((a, b) => Math.max(a, b), 0),
      32_767,
    );
    near(loudnessOf(result), -3.01, 0.02);
  });

  it("has neither its highest nor its lowest samples wrap round, whichever of them are further from silence", () => {
    for (const sign of [1, -1]) {
      // Half of it is four times as loud as the other half.
      const samples = tone(16_384).map((sample) => (sample * sign > 0 ? sample : sample / 4));
      const levels = createLevels(rate);
      levels.heard("emma", -3);
      const result = levels.adjust("emma", samples);
      assert.notEqual(result, samples);
      for (const [at, sample] of samples.entries())
        assert.ok(Math.abs((result[at] ?? 0) - 2 * sample) <= 2, `${sample} became ${result[at]}`);
    }
  });

  it("is as loud as its voice spoke last, where new speech tells nothing", () => {
    const levels = createLevels(rate);
    levels.heard("emma", -15);
    levels.heard("emma", undefined);
    near(loudnessOf(levels.adjust("emma", tone(3276.8))), -15);
  });

  it("follows its voice slowly", () => {
    near(loudnessOf(adjusted(3276.8, -23, -13).result), -21, 0.02);
  });
});
