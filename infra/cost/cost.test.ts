import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { fishCosts, textsAtOnce } from "./cost.ts";

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
