import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createClipping } from "./clipping.ts";
import { createGuard } from "./guard.ts";

const wave = (gain: number, count = 10_000) =>
  Int16Array.from({ length: count }, (_, at) =>
    Math.max(-32_768, Math.min(32_767, Math.round(32_767 * gain * Math.sin(at / 40)))),
  );

function isHeard(...parts: readonly Int16Array[]): boolean {
  const clipping = createClipping();
  for (const part of parts) clipping.look(part);
  return clipping.isHeard;
}

describe("flat tops", () => {
  it("are heard above one in a hundred samples", () => {
    const share = (flat: number) => Int16Array.from({ length: 1000 }, (_, at) => (at < flat ? 32_767 : 100));
    assert.deepEqual([isHeard(share(10)), isHeard(share(11))], [false, true]);
    assert.equal(isHeard(share(11).map((sample) => -sample)), true);
    assert.equal(isHeard(), false);
  });

  it("are three at an end of 16 bits in a row, and not two", () => {
    const every = (run: number) => Int16Array.from({ length: 1000 }, (_, at) => (at % 10 < run ? 32_700 : 0));
    assert.deepEqual([isHeard(every(2)), isHeard(every(3))], [false, true]);
    assert.equal(isHeard(every(3).map((sample) => Math.min(sample, 32_699))), false);
  });

  it("are those of a wave that is too loud", () => {
    assert.deepEqual([isHeard(wave(0.9)), isHeard(wave(1.5))], [false, true]);
  });

  it("are the same however the samples are cut", () => {
    const all = wave(1.002, 4000);
    const whole = isHeard(all);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), (cut) => {
        assert.equal(isHeard(all.subarray(0, cut), all.subarray(cut)), whole);
      }),
    );
  });
});

it("speech full of them is suspected of being clipped, be it that it wrapped first", () => {
  const checks = { wraps: true, loops: true, speed: 1 };
  const said = (samples: Int16Array) => {
    const guard = createGuard({ text: "今天天气很好", sampleRateHertz: 8000, checks });
    guard.push(samples);
    guard.end();
    return guard.suspicion();
  };
  assert.deepEqual([said(wave(0.9)), said(wave(1.5))], [undefined, "clipped"]);
  const wrapped = Int16Array.from({ length: 10_000 }, (_, at) => 36_000 * Math.sin(at / 4));
  assert.equal(said(wrapped), "clipped");
});
