import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createRandom } from "../../../infra/random/random.ts";
import { createLimiter, type Limiter } from "./limiter.ts";

const options = { ttftSloMs: 200, least: 4, initial: 32, most: 256 };

/** An engine whose first tokens take `ttftOf` as many as are in flight, and a load that fills every place. */
function run(limiter: Limiter, ttftOf: (inFlight: number) => number, samples: number, from = 0): number {
  for (let i = 0; i < samples; i++) {
    // A spread of a fifth up and down, always the same.
    const spread = 0.8 + 0.4 * ((i * 7) % 11) * 0.1;
    limiter.sample(from + i * 50, ttftOf(limiter.limit) * spread, limiter.limit);
  }
  return from + samples * 50;
}

describe("the limit", () => {
  it("settles where the tail of the first tokens keeps the objective", () => {
    const limiter = createLimiter(options);
    run(limiter, (inFlight) => 20 + 1.5 * inFlight, 200);
    // At 96 in flight the mean is 164 ms, and the slowest of the spread 197.
    assert.ok(limiter.limit > 60 && limiter.limit < 100, String(limiter.limit));
  });

  it("falls when the engine gets slower, and recovers with it", () => {
    const limiter = createLimiter(options);
    let now = run(limiter, (inFlight) => 20 + inFlight, 300);
    const before = limiter.limit;
    now = run(limiter, (inFlight) => 40 + 4 * inFlight, 300, now);
    assert.ok(limiter.limit < before / 2, `${before} -> ${limiter.limit}`);
    run(limiter, (inFlight) => 20 + inFlight, 600, now);
    assert.ok(limiter.limit > 0.8 * before, `${before} -> ${limiter.limit}`);
  });

  it("does not rise while it is not felt", () => {
    const limiter = createLimiter(options);
    for (let i = 0; i < 500; i++) limiter.sample(i * 50, 30, 5);
    assert.equal(limiter.limit, 32);
  });

  /** Numbers that are spread as those of a normal distribution are, always the same. */
  function* gauss(seed: number) {
    const random = createRandom(seed);
    for (;;) yield Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  }

  for (const [what, median, sigma, inFlight] of [
    ["a model that thinks for as long as it likes", 5000, 0.8, 20],
    ["a model that thinks for a moment or a while", 400, 0.8, 12],
    ["prompts of any length", 200, 0.9, 12],
    ["prompts that are in the prefix cache or not", 90, 1.5, 30],
  ] as const)
    for (const seed of [1, 2, 3, 4])
      it(`does not fall for a spread that no load makes: ${what} (${seed})`, () => {
        const limiter = createLimiter({ ...options, initial: 64 });
        const chance = gauss(seed);
        for (let i = 0; i < 1000; i++)
          limiter.sample(i * 100, median * Math.exp(sigma * (chance.next().value as number)), inFlight);
        assert.ok(limiter.limit >= 64, String(limiter.limit));
      });

  for (const sigma of [0.3, 0.8])
    it(`falls all the same where such a spread grows with the load (${sigma})`, () => {
      const limiter = createLimiter({ ...options, initial: 64 });
      const chance = gauss(1);
      for (let i = 0; i < 600; i++) {
        const inFlight = i < 100 ? 5 : limiter.limit;
        limiter.sample(i * 50, 8 * inFlight * Math.exp(sigma * (chance.next().value as number)), inFlight);
      }
      assert.ok(limiter.limit < 32, String(limiter.limit));
    });

  it("does not choke an engine that is slow by nature", () => {
    const limiter = createLimiter(options);
    run(limiter, () => 2000, 300);
    assert.ok(limiter.limit >= 32, String(limiter.limit));
  });

  /** So many samples of first tokens that took `ttftMs`, while `inFlight` were being written, over half a second. */
  const judge = (limiter: Limiter, from: number, ttftMs: number, inFlight: number, count = 20, spanMs = 500) => {
    for (let i = 0; i < count; i++) limiter.sample(from + (i * spanMs) / (count - 1), ttftMs, inFlight);
  };

  it("moves after twenty samples of half a second, and not before", () => {
    for (const [count, spanMs, moved] of [
      [20, 500, true],
      [19, 500, false],
      [20, 499, false],
      [40, 499, false],
    ] as const) {
      const limiter = createLimiter(options);
      judge(limiter, 0, 10, 32, count, spanMs);
      assert.equal(limiter.limit !== 32, moved, `${count} in ${spanMs} ms`);
    }
  });

  it("rises by a third of what there is to spare, by half at most, and where it is felt", () => {
    for (const [ttftMs, inFlight, limit] of [
      // 174 ms are aimed at: (174 / 80 - 1) · 0.35 of 32 more.
      [80, 32, 45],
      // Twice the best, 200 ms, are: (200 / 100 - 1) · 0.35 of 32 more.
      [100, 32, 43],
      [100, 33, 43],
      [100, 34, 32],
      [100, 31, 32],
      [10, 32, 48],
    ] as const) {
      const limiter = createLimiter(options);
      judge(limiter, 0, ttftMs, inFlight);
      assert.equal(limiter.limit, limit, `${ttftMs} ms with ${inFlight}`);
    }
  });

  it("falls with what is in flight, by three tenths at most", () => {
    for (const [ttftMs, inFlight, limit] of [
      [1000, 32, 30],
      [1000, 25, 24],
      [1000, 5, 22],
      [100_000, 32, 22],
    ] as const) {
      const limiter = createLimiter(options);
      judge(limiter, 0, 100, 10);
      judge(limiter, 1000, ttftMs, inFlight);
      assert.equal(limiter.limit, limit, `${ttftMs} ms with ${inFlight}`);
    }
  });

  it("holds first tokens to the objective, or to twice an engine's best", () => {
    const limiter = createLimiter(options);
    assert.equal(limiter.targetMs, 174);
    judge(limiter, 0, 80, 32);
    assert.equal(limiter.targetMs, 174);
    const slow = createLimiter(options);
    judge(slow, 0, 1000, 32);
    assert.ok(Math.abs(slow.targetMs - 2000) < 1);
    judge(slow, 1000, 3000, 32);
    assert.ok(Math.abs(slow.targetMs - 2020) < 1, "what was best is forgotten slowly");
  });

  for (const [what, decisions, isKept] of [
    ["falls for a spread that no load makes, soon after a faster engine was replaced", 100, false],
    ["does not, once the faster one is forgotten", 1000, true],
  ] as const)
    it(what, () => {
      const limiter = createLimiter({ ...options, initial: 64 });
      let now = 0;
      const judgeMany = (count: number, ttftMs: number) => {
        for (let nth = 0; nth < count; nth++, now += 1000) judge(limiter, now, ttftMs, 30);
      };
      judgeMany(10, 20);
      judgeMany(decisions, 100);
      const chance = gauss(1);
      for (let i = 0; i < 1000; i++, now += 50)
        limiter.sample(now, 100 * Math.exp(0.8 * (chance.next().value as number)), 30);
      assert.equal(limiter.limit === 64, isKept, String(limiter.limit));
    });

  it("is not lowered twice for the same fault", () => {
    const limiter = createLimiter(options);
    for (let i = -24; i < 0; i++) limiter.sample(i * 50, 100, 5);
    for (let i = 0; i < 24; i++) limiter.sample(i * 50, 400, 32);
    const lowered = limiter.limit;
    assert.ok(lowered < 32);
    // What was in flight before is still there.
    for (let i = 24; i < 200; i++) limiter.sample(i * 50, 400, 32);
    assert.equal(limiter.limit, lowered);
  });

  it("stays between its bounds whatever comes", () => {
    const sample = fc.record({
      afterMs: fc.nat(2000),
      ttftMs: fc.oneof(fc.nat(500), fc.constantFrom(0, 30_000)),
      inFlight: fc.nat(400),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 300 }), (samples) => {
        const limiter = createLimiter(options);
        let now = 0;
        for (const { afterMs, ttftMs, inFlight } of samples) {
          now += afterMs;
          limiter.sample(now, ttftMs, inFlight);
          assert.ok(limiter.limit >= options.least && limiter.limit <= options.most);
        }
      }),
    );
  });
});
