import assert from "node:assert/strict";
import { Code, ConnectError } from "@connectrpc/connect";
import { it } from "vitest";
import { hasLeft, isDeadline, whenLeft } from "./leaving.ts";

const deadline = new ConnectError("late", Code.DeadlineExceeded);
const rows: [what: string, reason: unknown, left: boolean][] = [
  ["hangs up", new Error("gone"), true],
  ["is cancelled", new ConnectError("gone", Code.Canceled), true],
  ["gives no reason", null, true],
  ["had a deadline, which has passed", deadline, false],
];

it.each(rows)("a caller who %s has left, or not", (_, reason, left) => {
  const call = new AbortController();
  const { signal } = call;
  const early = whenLeft(signal);
  assert.deepEqual([hasLeft(signal), early.aborted], [false, false]);
  call.abort(reason);
  const late = whenLeft(signal);
  assert.deepEqual([hasLeft(signal), early.aborted, late.aborted], [left, left, left]);
  if (left) assert.deepEqual([early.reason, late.reason], [signal.reason, signal.reason]);
  assert.equal(isDeadline(reason), !left);
});

it("no reason at all is no deadline", () => assert.equal(isDeadline(undefined), false));
