import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import type { Failure } from "../errors.ts";
import { createTries } from "./tries.ts";

const start = (mostPeers?: number) => {
  const clock = createVirtualClock();
  const tries = createTries({ mostPerMinute: 3, clock, ...(mostPeers !== undefined && { mostPeers }) });
  const fail = (peer: string | undefined, times: number) => {
    for (let count = 0; count < times; count++) tries.failed(peer);
  };
  const retryOf = (peer: string | undefined) => {
    try {
      tries.check(peer);
      return undefined;
    } catch (error) {
      const { code, reason, details } = error as Failure;
      assert.deepEqual([code, reason], ["RESOURCE_EXHAUSTED", "TOO_MANY_FAILED_TRIES"]);
      return details.retryDelayMs;
    }
  };
  return { clock, fail, retryOf };
};

test("an address that has failed too often waits for the end of its minute; others do not", async () => {
  const { clock, fail, retryOf } = start();
  fail("a", 2);
  assert.equal(retryOf("a"), undefined);
  await clock.advance(20_000);
  fail("a", 1);
  assert.deepEqual([retryOf("a"), retryOf("b")], [40_000, undefined]);
  await clock.advance(39_999);
  assert.equal(retryOf("a"), 1);
  await clock.advance(1);
  assert.equal(retryOf("a"), undefined);
  fail("a", 3);
  assert.equal(retryOf("a"), 60_000, "a new minute begins with the next failure");
});

test("this machine's own are not held to it", () => {
  const { fail, retryOf } = start();
  fail(undefined, 10);
  assert.equal(retryOf(undefined), undefined);
});

test("as many addresses are remembered as there is room for: the oldest is forgotten first", () => {
  const { fail, retryOf } = start(2);
  for (const peer of ["a", "b", "c"]) fail(peer, 3);
  assert.deepEqual([retryOf("a"), retryOf("b"), retryOf("c")], [undefined, 60_000, 60_000]);
});
