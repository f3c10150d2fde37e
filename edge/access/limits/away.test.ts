import assert from "node:assert/strict";
import { test } from "vitest";
import { createAway } from "./away.ts";

test("counts go on from what was known last, as if each edge counted as much", () => {
  const away = createAway(() => 0);
  away.note("a", 30, 60);
  assert.deepEqual([away.add("a", 2, 3, 60), away.add("a", 1, 3, 60), away.add("b", 1, 3, 60)], [36, 39, 3]);
  assert.equal(away.add("a", -1, 3, 60), 36, "what is given back counts as much");
  assert.deepEqual([away.takeDue("a"), away.takeDue("a"), away.takeDue("none")], [2, 0, 0]);
  assert.equal(away.add("a", 1, 2, 60), 32, "what was told is in the total that is noted next");
});

test("a window that has ended is forgotten, and what is held has a bound", () => {
  let now = 0;
  const away = createAway(() => now);
  away.note("a", 30, 60);
  now = 60;
  away.note("b", 1, 120);
  assert.equal(away.add("a", 1, 1, 120), 1);
  for (let index = 0; index < 20_001; index++) away.note(`key ${index}`, 1, 120);
  assert.equal(away.add("b", 1, 1, 120), 1, "the oldest goes first");
  assert.equal(away.add("key 20000", 1, 1, 120), 2);
});
