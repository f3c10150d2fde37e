import assert from "node:assert/strict";
import { describe, it } from "vitest";
import {
  classify,
  codeNumbers,
  codeOfNumber,
  Failure,
  type FieldViolation,
  invalidRequest,
  toTurnError,
} from "./errors.ts";

describe("what was caught, and what its caller is told", () => {
  const own = new Failure("NOT_FOUND", "TURN_NOT_FOUND", "no such turn");
  const rows: readonly (readonly [
    string,
    unknown,
    "deadline" | "interrupted" | "superseded" | undefined,
    string,
    string,
  ])[] = [
    ["our own failure", own, undefined, "NOT_FOUND", "TURN_NOT_FOUND"],
    ["a bug", new TypeError("x is undefined"), undefined, "INTERNAL", "INTERNAL"],
    ["something that is no error", "oops", undefined, "INTERNAL", "INTERNAL"],
    ["an abort that nobody asked for", AbortSignal.abort().reason, undefined, "INTERNAL", "INTERNAL"],
    ["what the deadline cut", own, "deadline", "DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"],
    ["what the drain cut", own, "interrupted", "UNAVAILABLE", "DRAINING"],
    ["what a new turn of its session cut", own, "superseded", "ABORTED", "SUPERSEDED"],
  ];
  for (const [what, caught, stopped, code, reason] of rows)
    it(what, () => {
      const told = classify(caught, stopped);
      assert.deepEqual([told.code, told.reason], [code, reason]);
    });

  it("a bug's own words stay in the log", () => {
    const told = classify(new Error("the user said hello"));
    assert.doesNotMatch(told.message, /hello/);
    assert.match(String(told.cause), /hello/);
  });
});

it("a wrong request names every field in message and details", () => {
  const fields: FieldViolation[] = [
    { field: "text", reason: "REQUIRED", description: "must not be empty" },
    { field: "history[2].role", reason: "UNKNOWN_VALUE", description: "must be a role" },
  ];
  const { message, details } = invalidRequest(fields);
  assert.equal(message, "text: must not be empty; history[2].role: must be a role");
  assert.deepEqual(details.fields, fields);
  assert.deepEqual(details.metadata, { fields: "text,history[2].role" });
});

it("a turn's last event names the code by its number, and a delay in whole milliseconds", () => {
  const failed = new Failure("RESOURCE_EXHAUSTED", "FULL", "full", { retryDelayMs: 1500.4 });
  assert.deepEqual(toTurnError(failed, false), { code: 8, reason: "FULL", message: "full", retryDelayMs: 1500 });
});

it("a failure is told in full to those who run the deployment, and to nobody else", () => {
  const failed = new Failure("UNAVAILABLE", "AWAY", "try again", { inFull: "start it at 10.0.0.7" });
  assert.deepEqual(
    [toTurnError(failed, true).message, toTurnError(failed, false).message],
    [failed.inFull, "try again"],
  );
});

it("a code is found by its number, and one that gRPC does not know is UNKNOWN", () => {
  for (const [code, number] of Object.entries(codeNumbers)) assert.equal(codeOfNumber(number), code);
  assert.equal(codeOfNumber(99), "UNKNOWN");
});
