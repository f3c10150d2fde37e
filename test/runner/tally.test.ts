import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestEvent } from "./supervise.ts";
import { createTally } from "./tally.ts";

const passed = (more: object = {}, type = "test") => event("test:pass", { entryFile: "a.test.ts", ...more }, { type });
const failed = (failureType: string, type = "test", more: object = { entryFile: "a.test.ts" }) =>
  event("test:fail", more, { type, error: Object.assign(new Error("no"), { failureType }) });

test("tests are counted, suites are not", () => {
  assert.deepEqual(count([passed(), passed(), passed({}, "suite")]), [2, 0, 0]);
});

test("a failure counts once: not again for the suite and the file around it", () => {
  const around = [failed("subtestsFailed", "suite"), failed("subtestsFailed", "test", {})];
  assert.deepEqual(count([failed("testCodeFailure"), ...around]), [0, 1, 0]);
});

test("a failure around the tests counts: a hook, a file that crashed, one that was ended", () => {
  const around = [
    failed("hookFailed", "suite"),
    failed("testCodeFailure", "test", {}),
    failed("testAborted", "test", {}),
  ];
  assert.deepEqual(count([passed(), ...around]), [1, 3, 0]);
});

test("a file without a test has failed", () => {
  assert.deepEqual(count([event("test:pass", { name: "a.test.ts" }, { type: "test" })]), [0, 1, 0]);
});

test("what is skipped is counted apart, and has failed where nothing may be", () => {
  const skipped = [passed({ skip: true }), passed({ skip: "no browser" }), passed({ todo: true })];
  assert.deepEqual(count(skipped), [0, 0, 3]);
  assert.deepEqual(count(skipped, true), [0, 3, 0]);
  const tally = createTally({ skipIsFailure: true });
  const turned = tally.count(passed({ skip: "no browser" }));
  assert.equal(turned.type, "test:fail");
  assert.match(String((turned.data as { details: { error: Error } }).details.error.cause), /skipped .*: no browser$/);
});

function count(events: TestEvent[], skipIsFailure = false): [passed: number, failed: number, skipped: number] {
  const tally = createTally({ skipIsFailure });
  for (const event of events) tally.count(event);
  return [tally.passed, tally.failed, tally.skipped];
}

function event(type: string, data: object, details: object): TestEvent {
  return { type, data: { name: "t", nesting: 0, ...data, details } } as unknown as TestEvent;
}
