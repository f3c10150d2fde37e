import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { fishCosts, type SpeechCost, speakMs, speechPoint, textsAtOnce } from "./cost.ts";

describe("how many texts a voice speaks at once", () => {
  const { compiled, s1, uncompiled } = fishCosts;

  it("is 74 % of what its servers make, starts of requests included, all servers together", () => {
    assert.deepEqual(
      [1, 2, 3].map((servers) => textsAtOnce(compiled, servers)),
      [9, 18, 28],
    );
    assert.equal(textsAtOnce(s1, 1), 4);
  });

  it("is one at least, which one listener hears in pieces", () => assert.equal(textsAtOnce(uncompiled, 1), 1));
});

describe("what a request costs", () => {
  it("is its start and as much for each second of speech", () => {
    assert.deepEqual(
      [0, 1, 4].map((seconds) => speakMs({ startMs: 45, realTimeFactor: 0.5 }, seconds)),
      [45, 545, 2045],
    );
  });

  const cost: SpeechCost = {
    points: [
      { requests: 2, firstMs: 100, realTimeFactor: 0.1 },
      { requests: 4, firstMs: 200, realTimeFactor: 0.5 },
      { requests: 10, firstMs: 500, realTimeFactor: 0.8 },
    ],
    firstSeconds: 1,
    pieceSeconds: 1,
    maxRequests: 64,
  };
  const rows: [what: string, requests: number, firstMs: number, realTimeFactor: number][] = [
    ["as beside the fewest, beside fewer", 1, 100, 0.1],
    ["as measured", 2, 100, 0.1],
    ["as measured", 4, 200, 0.5],
    ["between what was measured", 3, 150, 0.3],
    ["between what was measured, by how near it is", 6, 300, 0.6],
    ["as measured", 10, 500, 0.8],
    ["in proportion beside more", 25, 1250, 2],
  ];
  it.each(rows)("is %s: %d", (_, requests, firstMs, realTimeFactor) => {
    const point = speechPoint(cost, requests);
    assert.equal(point.requests, requests);
    assert.ok(Math.abs(point.firstMs - firstMs) < 1e-9 && Math.abs(point.realTimeFactor - realTimeFactor) < 1e-9);
  });
});
