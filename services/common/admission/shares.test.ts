import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createShares } from "./shares.ts";

/** How many of a limit of 12 somebody may take, who takes as many as they may, beside others who have asked. */
function most(whose: readonly string[], others: readonly (readonly string[])[], now = 0): number {
  const shares = createShares();
  for (const other of others) shares.asked(other, 0);
  shares.asked(whose, now);
  let taken = 0;
  for (; taken < 20 && !shares.isOver(whose, 12, now); taken++) shares.took(whose);
  return taken;
}

describe("the share of", () => {
  const rows: [what: string, whose: string[], others: string[][], wanted: number][] = [
    ["whoever asks alone is all there is, and a place in the queue", ["a"], [], 20],
    ["one of three is a third", ["a"], [["b"], ["c"]], 4],
    ["one of a hundred is one", ["a"], Array.from({ length: 99 }, (_, nth) => [`t${nth}`]), 1],
    [
      "a user is part of its tenant's",
      ["a", "anna"],
      [
        ["a", "otto"],
        ["b", "x"],
      ],
      3,
    ],
    [
      "a tenant does not grow with its users",
      ["b", "x"],
      [
        ["a", "anna"],
        ["a", "otto"],
        ["a", "eva"],
      ],
      6,
    ],
  ];
  it.each(rows)("%s", (_, whose, others, wanted) => assert.equal(most(whose, others), wanted));

  it("whoever has not asked for ten seconds is the others'", () => {
    assert.deepEqual([most(["a"], [["b"]], 10_000), most(["a"], [["b"]], 10_001)], [6, 20]);
  });

  it("whoever holds something stays theirs until it is given back", () => {
    const shares = createShares();
    shares.asked(["b"], 0);
    shares.took(["b"]);
    shares.asked(["a"], 60_000);
    for (let taken = 0; taken < 6; taken++) shares.took(["a"]);
    assert.equal(shares.isOver(["a"], 12, 60_000), true);
    shares.left(["b"]);
    assert.equal(shares.isOver(["a"], 12, 60_000), false);
  });
});
