import assert from "node:assert/strict";
import { test } from "vitest";
import { createStreamCheck } from "./stream-check.ts";

const rate = 24_000;
const seconds = (length: number, of: (i: number) => number) =>
  Int16Array.from({ length: length * rate }, (_, i) => of(i));
const tone = (i: number) => 12_000 * Math.sin((2 * Math.PI * 220 * i) / rate);
const noise = (i: number) => ((i * 2_654_435_761) % 65_536) - 32_768;

/** What is let go on of a second of speech and two of something else, pushed by 20 ms, and why no more is. */
const rows: [what: string, of: (i: number) => number, goesOn: number, why: string | undefined][] = [
  ["speech", tone, 3, undefined],
  ["loud speech", (i) => 1.4 * tone(i), 3, undefined],
  ["a square at full scale", (i) => (tone(i) > 0 ? 32_767 : -32_768), 1, "clipped"],
  ["samples that are read a byte off", noise, 1.2, "clipped"],
  ["a wave above the middle", (i) => 15_000 + tone(i) / 4, 1, "offset"],
  ["a pause of two seconds", () => 0, 3, undefined],
];

for (const [what, of, goesOn, why] of rows)
  test(`after a second of speech ${what} ${why === undefined ? "goes on" : `is ${why}`}`, () => {
    const check = createStreamCheck(rate);
    const all = new Int16Array([...seconds(1, tone), ...seconds(2, of)]);
    let passed = 0;
    let disturbance: string | undefined;
    for (let at = 0; at < all.length && disturbance === undefined; at += 480) {
      const checked = check.push(all.subarray(at, at + 480));
      passed += checked.good.length;
      disturbance = checked.disturbance;
    }
    assert.equal(disturbance, why);
    assert.ok(Math.abs(passed / rate - goesOn) <= 0.1, `${passed / rate} s went on`);
  });

for (const piece of [100, 480, 2400, 9000])
  test(`what roars from its start is never heard, in pieces of ${piece}`, () => {
    const check = createStreamCheck(rate);
    const all = seconds(1, (i) => (tone(i) > 0 ? 32_767 : -32_768));
    let passed = 0;
    let disturbance: string | undefined;
    for (let at = 0; at < all.length && disturbance === undefined; at += piece) {
      const checked = check.push(all.subarray(at, at + piece));
      passed += checked.good.length;
      disturbance = checked.disturbance;
    }
    assert.deepEqual([disturbance, passed], ["clipped", 0]);
  });

test("what is shorter than a window goes on in the end", () => {
  const check = createStreamCheck(rate);
  assert.equal(check.push(seconds(1, tone).subarray(0, 1000)).good.length, 0);
  assert.equal(check.end().length, 1000);
});

test("what is silent for more than three seconds is dead", () => {
  const check = createStreamCheck(rate);
  assert.equal(check.push(seconds(2.9, () => 0)).disturbance, undefined);
  assert.equal(check.push(seconds(0.2, () => 50)).disturbance, "dead");
});
