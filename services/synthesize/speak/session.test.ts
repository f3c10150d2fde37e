import assert from "node:assert/strict";
import { it } from "vitest";
import { createSession, heardSeconds } from "./session.ts";

it("what was heard is all of the segments before it, and of its own no more than there is, once that is known", () => {
  const session = createSession("1", { voice: "emma", signal: new AbortController().signal });
  for (const [read, segment, seconds, heard] of [
    [[], 0, 1.5, 1.5],
    [[2], 0, 1.5, 1.5],
    [[2], 0, 2.5, 2],
    [[2], 1, 0, 2],
    [[2], 1, 1.5, 3.5],
    [[2, 3], 1, 1.5, 3.5],
    [[2, 3], 1, 9, 5],
    [[2, 3, 4], 1, 1, 3],
  ] as const) {
    session.lengths.splice(0, Infinity, ...read);
    assert.equal(heardSeconds(session, { segment, seconds }), heard, `${seconds} s of ${segment}, with ${read} read`);
  }
});
