import { isFile, type TestEvent } from "./supervise.ts";

/** The count of tests by how they ended. */
export interface Tally {
  /** Tests that passed. */
  readonly passed: number;
  /** Tests that failed, with files that failed outside of a test. */
  readonly failed: number;
  /** Tests that were skipped or are marked as to be done. */
  readonly skipped: number;
  /** Counts an event and hands it on, turned into a failure if it is one by the house's rules. */
  count(event: TestEvent): TestEvent;
}

/** Makes an empty tally. */
export function createTally({ skipIsFailure }: { skipIsFailure: boolean }): Tally {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  return {
    get passed() {
      return totals.passed;
    },
    get failed() {
      return totals.failed;
    },
    get skipped() {
      return totals.skipped;
    },
    count(event) {
      if (event.type === "test:fail") {
        if (!isConsequence(event)) totals.failed++;
        return event;
      }
      if (event.type !== "test:pass") return event;
      const { skip, todo, details } = event.data;
      const left =
        skip !== undefined && skip !== false ? skip : todo !== undefined && todo !== false ? todo : undefined;
      if (left !== undefined && !skipIsFailure) {
        totals.skipped++;
        return event;
      }
      if (left !== undefined) {
        totals.failed++;
        return fail(event, `was skipped where nothing may be (CI=true): ${left === true ? "no reason given" : left}`);
      }
      if (isFile(event)) {
        totals.failed++;
        return fail(event, "holds no test");
      }
      if (details.type !== "suite") totals.passed++;
      return event;
    },
  };
}

/** True if a suite or a file failed because a test in it did, which was counted. */
function isConsequence(event: Extract<TestEvent, { type: "test:fail" }>): boolean {
  const { type, error } = event.data.details;
  return (type === "suite" || isFile(event)) && "failureType" in error && error.failureType === "subtestsFailed";
}

function fail(event: Extract<TestEvent, { type: "test:pass" }>, reason: string): TestEvent {
  const { skip: _skip, todo: _todo, ...data } = event.data;
  const error = Object.assign(new Error(reason), {
    code: "ERR_TEST_FAILURE",
    cause: reason,
    failureType: "testCodeFailure",
  });
  return { type: "test:fail", data: { ...data, details: { ...data.details, error } } } as TestEvent;
}
