import assert from "node:assert/strict";
import { it } from "vitest";
import { createPeerLimit } from "./peer-limit.ts";

it("there are as many at once as may be, of all and of each address, and a place is free again once it is left", () => {
  const limit = createPeerLimit({ most: 3, mostPerPeer: 2 });
  const leave = limit.enter("a");
  assert.equal(typeof leave, "function");
  limit.enter("a");
  assert.equal(limit.enter("a"), "full for this peer");
  limit.enter(undefined);
  assert.deepEqual([limit.enter("b"), limit.enter(undefined), limit.count], ["full", "full", 3]);
  if (typeof leave !== "function") return;
  leave();
  leave();
  assert.equal(limit.count, 2, "leaving twice frees one place");
  assert.equal(typeof limit.enter("b"), "function");
});

it("an address has a quarter of all, and one at least, where nothing else is said", () => {
  for (const [most, wanted] of [
    [1, 1],
    [4, 1],
    [5, 2],
    [256, 64],
    [4_096, 1_024],
  ] as const) {
    const limit = createPeerLimit({ most, mostPerPeer: undefined });
    const entered = Array.from({ length: wanted + 1 }, () => limit.enter("a"));
    assert.deepEqual(
      entered.map((leave) => typeof leave),
      [...Array(wanted).fill("function"), "string"],
      `of ${most}`,
    );
  }
});
