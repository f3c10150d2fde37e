import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createPace } from "./pace.ts";

/** Seconds of speech, and the milliseconds until the first byte of it. */
type Seen = readonly [seconds: number, tookMs: number];

/** A pace that has seen some segments. */
function paceOf(...seen: readonly Seen[]) {
  const pace = createPace();
  for (const [seconds, tookMs] of seen) pace.learn(seconds, tookMs);
  return pace;
}

const near = (actual: number, expected: number, what?: string) =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual}, not ${expected}`,
  );

describe("the pace of an engine", () => {
  it("that nobody has seen is a tenth of its speech; and it may be silent for four times a second and its speech", () => {
    near(createPace().workMs(3), 300);
    near(createPace().silenceMs(3), 4 * (1000 + 3000));
  });

  it("of one start and one rate is found, whatever was spoken in which order", () => {
    const part = fc.double({ min: 0.3, max: 20, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 1, max: 900 }),
        fc.array(part, { minLength: 2, maxLength: 10 }),
        part,
        (startMs, perSecondMs, lengths, asked) => {
          // Lengths that differ by less count as one.
          fc.pre(Math.max(...lengths) > 1.5 * Math.min(...lengths));
          const took = (seconds: number) => startMs + perSecondMs * seconds;
          const pace = paceOf(...lengths.map((seconds) => [seconds, took(seconds)] as const));
          near(pace.workMs(asked), took(asked), "work");
          near(pace.silenceMs(asked), Math.max(2000, 4 * took(asked)), "silence");
        },
      ),
    );
  });

  const rows: readonly (readonly [what: string, seen: readonly Seen[], asked: number, workMs: number])[] = [
    ["of one length is what it took", [[2, 300]], 2, 300],
    ["of one length grows in proportion for longer speech", [[2, 300]], 4, 600],
    ["of one length is not taken to be shorter for shorter speech", [[2, 300]], 1, 300],
    [
      "of longer speech that took no longer is level",
      [
        [1, 500],
        [3, 500],
      ],
      9,
      500,
    ],
    [
      "of longer speech that took less is level beyond what was seen",
      [
        [1, 600],
        [3, 400],
      ],
      9,
      400,
    ],
    [
      "between two lengths that were seen lies between their times",
      [
        [1.5, 200],
        [3.5, 1000],
        [9.5, 1000],
      ],
      2.5,
      600,
    ],
    [
      "at a length that was seen is what it took",
      [
        [1.5, 200],
        [3.5, 1000],
        [9.5, 1000],
      ],
      3.5,
      1000,
    ],
    [
      "of speech of no length, by an engine that begins late with long speech, is never negative",
      [
        [9, 10],
        [10, 1000],
      ],
      0.1,
      0,
    ],
  ];
  for (const [what, seen, asked, workMs] of rows) it(what, () => near(paceOf(...seen).workMs(asked), workMs, what));

  it("of speech beyond sixteen seconds is that of the line through all", () => {
    near(paceOf([1, 100], [15, 1500], [16, 1600], [40, 4000]).workMs(30), 3000);
  });

  it("moves a tenth of the way to what came last, for a length by itself", () => {
    near(paceOf([2.5, 1000], [2.5, 2000]).workMs(2.5), 1100);
    near(paceOf([2.5, 1000], [2.5, 2000], [2.5, 2000]).workMs(2.5), 1190);
  });

  it("begins with plain averages, and forgets what was long ago", () => {
    const calm = Array.from({ length: 30 }, (_, n) => [1 + (n % 5), 100 * (1 + (n % 5))] as const);
    const slow = Array.from({ length: 60 }, (_, n) => [1 + (n % 5), 400 * (1 + (n % 5))] as const);
    near(paceOf([1, 1000], [1, 3000]).silenceMs(1), 4 * 2000, "two count the same");
    const ms = paceOf(...calm, ...slow).silenceMs(10);
    assert.ok(ms > 4 * 3950 && ms < 4 * 4050, `${ms}: four times four seconds by now`);
  });

  it("lets nobody be taken for hung in less than two seconds", () => {
    assert.equal(paceOf([1, 499]).silenceMs(1), 2000);
    near(paceOf([1, 501]).silenceMs(1), 2004);
  });
});
