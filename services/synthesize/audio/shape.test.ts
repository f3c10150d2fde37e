/** The shape of sound, sample by sample, at a thousand samples a second: a sample is a millisecond. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { estimateSeconds, longestSeconds } from "../text/duration.ts";
import { createGuard } from "./guard.ts";
import { concatSamples } from "./pcm.ts";
import { createStreamCheck } from "./stream-check.ts";

const rate = 1000;
const level = (value: number, count: number) => new Int16Array(count).fill(value);
/** Words that go on: no pause is added to their sound. */
const text = "今天天气很好，我们出去玩";

/** What the guard makes of some sound of the text, and what it says of it. */
function guarded(...parts: readonly Int16Array[]) {
  return guardedAs(text, ...parts);
}

function guardedAs(words: string, ...parts: readonly Int16Array[]) {
  const checks = { wraps: true, loops: true, speed: 1 };
  const guard = createGuard({ text: words, sampleRateHertz: rate, checks });
  const out = [...parts.map((part) => guard.push(part)), guard.end()].flatMap((part) => [...part]);
  return { out, suspicion: guard.suspicion() };
}

describe("the edges of a segment", () => {
  for (const value of [10_000, -10_000])
    it(`rise and fall within five milliseconds, sample by sample (${value})`, () => {
      const { out } = guarded(level(value, 2000));
      assert.equal(out.length, 2000);
      assert.deepEqual(
        out.slice(0, 6).map((sample) => sample / value || 0),
        [0, 0.2, 0.4, 0.6, 0.8, 1],
      );
      assert.deepEqual(
        out.slice(-6).map((sample) => sample / value || 0),
        [1, 0.8, 0.6, 0.4, 0.2, 0],
      );
      assert.ok(out.slice(5, -5).every((sample) => sample === value));
    });

  it("hold 50 ms of the silence before it, and 80 of that after it", () => {
    const sound = level(5000, 1000);
    assert.equal(guarded(level(0, 51), sound, level(0, 81)).out.length, 50 + 1000 + 80);
    assert.equal(guarded(level(0, 49), sound, level(0, 79)).out.length, 49 + 1000 + 79);
    assert.equal(guarded(level(104, 400), sound, level(-104, 400)).out.length, 50 + 1000 + 80);
    assert.equal(guarded(level(105, 400), sound, level(-105, 400)).out.length, 400 + 1000 + 400);
  });

  it("are as far apart as the mark between them says", () => {
    const rows: [ends: string, least: number, most: number][] = [
      ["", 0, 80],
      ["，", 80, 200],
      [",", 80, 200],
      ["：", 80, 200],
      ["。", 200, 300],
      ["?", 200, 300],
      ["！”", 200, 300],
      ['." ', 200, 300],
    ];
    for (const [ends, least, most] of rows) {
      const left = (silence: number) => guardedAs(text + ends, level(5000, 1000), level(0, silence)).out.length - 1000;
      assert.deepEqual([left(0), left(least), left(most), left(900)], [least, least, most, most], ends);
    }
  });

  it("fall also where the engine cut its sound off and was silent after it", () => {
    assert.deepEqual(
      guarded(level(10_000, 1000), level(0, 40)).out.slice(994, 1002),
      [10_000, 8000, 6000, 4000, 2000, 0, 0, 0],
    );
  });

  it("are silent in a pause that was added, which begins at zero", () => {
    const { out } = guardedAs(`${text}。`, level(-10_000, 1000));
    assert.deepEqual(
      out.slice(994, 1001).map((sample) => sample / -10_000 || 0),
      [1, 0.8, 0.6, 0.4, 0.2, 0, 0],
    );
    assert.ok(out.slice(999).every((sample) => sample === 0));
  });

  it("leave silence inside as long as it is", () => {
    assert.equal(guarded(level(5000, 500), level(0, 900), level(5000, 500)).out.length, 1900);
  });

  it("are both there where a sound is shorter than they are together", () => {
    assert.deepEqual(guarded(level(10_000, 6)).out, [0, 1600, 2400, 2400, 1600, 0]);
  });
});

describe("what ran over an end of 16 bits", () => {
  /** What stands in the middle of some loud samples, sooner and later, in a row of which two may have run over. */
  const among = (...middle: number[]) => guarded(level(1000, 50), Int16Array.from(middle), level(1000, 50)).out;

  it("is put back to the end that it ran over, as many as there are, within two milliseconds", () => {
    assert.deepEqual(among(30_000, -32_113, -31_000, 30_000).slice(50, 54), [30_000, 32_767, 32_767, 30_000]);
    assert.deepEqual(among(-30_000, 32_113, 31_000, -30_000).slice(50, 54), [-30_000, -32_768, -32_768, -30_000]);
    const long = [30_000, -32_000, -32_000, -32_000, 30_000];
    assert.deepEqual(among(...long).slice(50, 55), long);
  });

  it("is found also where it comes in pieces, and stays where it is not known how it ends", () => {
    const pieces = [
      level(1000, 50),
      Int16Array.of(30_000),
      Int16Array.of(-32_113),
      Int16Array.of(30_000),
      level(300, 60),
    ];
    assert.deepEqual(guarded(...pieces).out.slice(50, 53), [30_000, 32_767, 30_000]);
    assert.equal(guarded(level(20_000, 50), Int16Array.of(-32_768), level(-300, 60)).out[50], -32_768);
  });

  it("stays where the engine clips", () => {
    const checks = { wraps: false, loops: true, speed: 1 };
    const guard = createGuard({ text, sampleRateHertz: rate, checks });
    const out = [...guard.push(Int16Array.of(9000, 30_000, -32_113, 30_000, ...level(9000, 50))), ...guard.end()];
    assert.equal(out[2], Math.trunc((-32_113 * 2) / 5));
  });
});

describe("a sample that ran over the top", () => {
  it("is put back between two loud ones, and between those alone", () => {
    const at = (before: number, after: number) =>
      guarded(level(1000, 50), Int16Array.of(before, -32768, after), level(1000, 50)).out[51];
    assert.equal(at(16_001, 16_001), 32_767);
    assert.equal(at(16_000, 16_001), -32_768);
    assert.equal(at(16_001, 16_000), -32_768);
    assert.equal(at(-20_000, 20_000), -32_768);
  });
});

describe("how it sounded", () => {
  const samples = (seconds: number) => Math.round(seconds * rate);
  const shortest = samples(estimateSeconds(text) / 3);
  const longest = samples(longestSeconds(text, 1) - 0.3);

  it("is silence, if no sample is louder than that, be it above the middle or below", () => {
    for (const value of [0, 104, -104]) assert.deepEqual(guarded(level(value, 3000)), { out: [], suspicion: "silent" });
    for (const value of [105, -105]) assert.notEqual(guarded(level(value, 3000)).suspicion, "silent");
  });

  it("is too short below a third of what it should take, and not a moment above", () => {
    assert.equal(guarded(level(5000, shortest - 2)).suspicion, "short");
    assert.equal(guarded(level(5000, shortest + 2)).suspicion, undefined);
    assert.equal(
      guarded(level(5000, shortest - 2), level(0, 5000)).suspicion,
      "short",
      "silence after it is no speech",
    );
  });

  it("is too long where it does not end before the engine's limit", () => {
    assert.equal(guarded(level(5000, longest - 2)).suspicion, undefined);
    assert.equal(guarded(level(5000, longest + 2)).suspicion, "long");
    assert.equal(
      guarded(level(5000, longest - 2), level(0, 900)).suspicion,
      undefined,
      "silence after it is no speech",
    );
  });
});

describe("speech at another speed", () => {
  it("is held to as much time as it takes then", () => {
    const said = (speed: number, seconds: number) => {
      const guard = createGuard({ text, sampleRateHertz: rate, checks: { wraps: false, loops: false, speed } });
      guard.push(level(5000, Math.round(seconds * rate)));
      guard.end();
      return guard.suspicion();
    };
    const usual = estimateSeconds(text);
    assert.deepEqual([said(1, usual * 3), said(0.5, usual * 3)], ["long", undefined]);
    assert.deepEqual([said(1, usual / 4), said(2, usual / 4)], ["short", undefined]);
  });
});

describe("a stream that cannot be speech", () => {
  /** Loud to and fro: its power is its level, and its middle is 0. */
  const wave = (value: number, windows: number) =>
    Int16Array.from({ length: 100 * windows }, (_, n) => (n % 2 ? value : -value));
  const join = (...parts: readonly Int16Array[]) => concatSamples(parts);
  /** How many samples go on, and what stops it. */
  function checked(...parts: readonly Int16Array[]) {
    const check = createStreamCheck(rate);
    let good = 0;
    for (const part of parts) {
      const seen = check.push(part);
      good += seen.good.length;
      if (seen.disturbance !== undefined) return [good, seen.disturbance];
    }
    return [good + check.end().length, undefined];
  }

  const rows: readonly (readonly [
    what: string,
    parts: readonly Int16Array[],
    good: number,
    stops: string | undefined,
  ])[] = [
    ["a window as loud as can be", [wave(26_001, 1)], 0, "clipped"],
    ["two windows just below that", [wave(25_999, 2), wave(100, 9)], 1100, undefined],
    ["three loud windows in a row", [wave(17_001, 3)], 200, "clipped"],
    ["two, and two more after a quiet one", [wave(17_001, 2), wave(500, 1), wave(17_001, 2)], 500, undefined],
    ["any number just below that", [wave(16_999, 30)], 3000, undefined],
    ["a middle that lies too high", [level(8001, 100)], 0, "offset"],
    ["a middle that lies too low", [level(1000, 100), level(-8001, 100)], 100, "offset"],
    ["a middle that just does not", [level(8000, 100), level(-8000, 100)], 200, undefined],
    ["silence of three seconds", [wave(500, 1), level(104, 3000), wave(500, 1)], 3200, undefined],
    ["silence of a millisecond more", [wave(500, 1), level(-104, 3001)], 3101, "dead"],
    ["silence with one sound in it", [level(0, 2900), level(105, 1), level(0, 2999)], 5900, undefined],
    ["less than a window, whatever it is", [wave(32_000, 0.99)], 99, undefined],
    ["a first window that comes in pieces", [wave(500, 0.5), wave(500, 0.5)], 100, undefined],
    [
      "a second window that is clipped, in one piece with the first",
      [join(wave(500, 1), wave(27_000, 1))],
      100,
      "clipped",
    ],
    ["silence in one piece from the start", [level(0, 3005)], 3001, "dead"],
    ["a first window that is clipped, in pieces", [wave(27_000, 0.5), wave(27_000, 0.5)], 0, "clipped"],
    ["nothing", [], 0, undefined],
  ];
  for (const [what, parts, good, stops] of rows)
    it(`${what}: ${stops ?? "goes on"}`, () => assert.deepEqual(checked(...parts), [good, stops]));

  it("gives nothing of a first window that is disturbed, in its end either", () => {
    const check = createStreamCheck(rate);
    check.push(wave(27_000, 0.5));
    assert.equal(check.push(wave(27_000, 0.5)).disturbance, "clipped");
    assert.equal(check.end().length, 0);
  });

  it("keeps back what comes before the first window is whole, and nothing later", () => {
    const check = createStreamCheck(rate);
    assert.equal(check.push(level(500, 99)).good.length, 0);
    assert.equal(check.push(level(500, 1)).good.length, 100);
    assert.equal(check.push(level(500, 1)).good.length, 1);
    assert.equal(check.end().length, 0);
  });
});
