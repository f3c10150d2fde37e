import assert from "node:assert/strict";
import { it } from "vitest";
import { createFew } from "./few.ts";

it("tells the first values apart, and no more", () => {
  const few = createFew(2);
  assert.deepEqual(["a", "b", "c", "a", "d"].map(few), ["a", "b", "other", "a", "other"]);
});
