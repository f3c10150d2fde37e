import assert from "node:assert/strict";
import { test } from "vitest";
import type { EngineFault } from "../errors/engine-error.ts";
import { faultOf, retryDelayMs } from "./faults.ts";

const rows: [status: number, fault: EngineFault][] = [
  [400, "rejected"],
  [401, "unauthorized"],
  [403, "unauthorized"],
  [404, "rejected"],
  [408, "stalled"],
  [413, "rejected"],
  [422, "rejected"],
  [429, "overloaded"],
  [500, "broken"],
  [501, "rejected"],
  [502, "broken"],
  [503, "overloaded"],
  [504, "stalled"],
  // A redirection is followed by nobody.
  [302, "broken"],
];

for (const [status, fault] of rows) test(`${status} is ${fault}`, () => assert.equal(faultOf(status), fault));

test("an engine may mean something else by a status, and by that alone", () => {
  const own = { 504: "broken" } as const;
  assert.deepEqual([faultOf(504, own), faultOf(503, own), faultOf(408, own)], ["broken", "overloaded", "stalled"]);
});

const waits: [header: string | undefined, delayMs: number | undefined][] = [
  ["3", 3000],
  ["0.5", 500],
  ["0", undefined],
  [undefined, undefined],
  ["Wed, 21 Oct 2026 07:28:00 GMT", undefined],
];

for (const [header, delayMs] of waits)
  test(`retry-after: ${header} asks for ${delayMs} ms`, () =>
    assert.equal(retryDelayMs({ "retry-after": header }), delayMs));
