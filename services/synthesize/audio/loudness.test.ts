import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { amplify, createLoudness } from "./loudness.ts";

/** A frame is two samples. */
const rate = 100;

function loudnessOf(...parts: readonly Int16Array[]): number | undefined {
  const loudness = createLoudness(rate);
  for (const part of parts) loudness.look(part);
  return loudness.dbfs;
}

describe("loudness", () => {
  it("is the power of the frames that sound, by full scale", () => {
    const rows: [samples: number[], dbfs: number | undefined][] = [
      [[], undefined],
      [[9000], undefined],
      [[-32_768, -32_768], 0],
      [[3277, -3277], -20],
      [[3277, 3277, 0, 0, -3277, 3277, 9000], -20],
      [[4634, 0, 183, 183], -20],
      // −45 dBFS, and just below.
      [[184, -184], -45],
      [[184, -183], undefined],
      // Powers are added, not decibels.
      [[3277, 3277, 10_362, 10_362], 10 * Math.log10((0.01 + 0.1) / 2)],
    ];
    for (const [samples, dbfs] of rows) {
      const found = loudnessOf(Int16Array.from(samples));
      if (dbfs === undefined) assert.equal(found, undefined, `${samples}`);
      else assert.ok(Math.abs((found ?? Number.NaN) - dbfs) < 0.02, `${found} of ${samples}, not ${dbfs}`);
    }
  });

  it("is the same however the samples are cut", () => {
    fc.assert(
      fc.property(
        fc.int16Array({ minLength: 1, maxLength: 40 }),
        fc.array(fc.nat(40), { maxLength: 6 }),
        (all, cuts) => {
          const at = [0, ...cuts.sort((a, b) => a - b), 40];
          assert.equal(loudnessOf(...at.slice(1).map((end, i) => all.subarray(at[i], end))), loudnessOf(all));
        },
      ),
    );
  });
});

describe("amplified samples", () => {
  it("are louder by as many decibels, or softer", () => {
    const samples = Int16Array.of(0, 100, -1000, 15);
    assert.deepEqual([...amplify(samples, 20)], [0, 1000, -10_000, 150]);
    assert.deepEqual([...amplify(samples, -20)], [0, 10, -100, 2]);
    assert.deepEqual([...samples], [0, 100, -1000, 15], "what was given stays as it is");
  });

  it("never run over, and are not made softer for it", () => {
    fc.assert(
      fc.property(
        fc.int16Array({ maxLength: 40 }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (samples, decibels) => {
          const louder = amplify(samples, decibels);
          const wanted = 10 ** (decibels / 20);
          const peak = Math.max(1, ...[...samples].map(Math.abs));
          for (const [at, sample] of samples.entries()) {
            const found = louder[at] as number;
            assert.ok(Math.abs(found) >= Math.abs(sample) && Math.sign(found) === Math.sign(sample));
            const gain = Math.min(wanted, Math.max(1, 32_767 / peak));
            assert.ok(Math.abs(found - sample * gain) <= 1, `${sample} became ${found}`);
          }
        },
      ),
    );
    assert.deepEqual([...amplify(Int16Array.of(16_384, -5), 40)], [32_767, -10]);
  });

  it("are the same array where nothing changes", () => {
    for (const samples of [Int16Array.of(1, 2), Int16Array.of(-32_768), Int16Array.of(5, 32_767)])
      assert.equal(amplify(samples, samples[0] === 1 ? 0 : 6), samples);
  });
});
