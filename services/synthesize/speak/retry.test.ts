import assert from "node:assert/strict";
import { test } from "vitest";
import { EngineError } from "../../common/errors/engine-error.ts";
import { nextStep, type ReadingResult } from "./retry.ts";

const broken = new EngineError("broken", "it failed");
const unreachable = new EngineError("unreachable", "it was not there");
const refused = new EngineError("rejected", "it did not take the request");

function after(result: Partial<ReadingResult>) {
  return nextStep({ fault: undefined, passedOn: false, attempt: 0, wanted: true, ...result });
}

test("a reading that went well is kept", () => {
  assert.equal(after({}), "keep");
  assert.equal(after({ passedOn: true }), "keep");
});

test("what broke or sounds wrong is read again, once", () => {
  for (const fault of [broken, unreachable, "silent", "short", "long"] as const) {
    assert.equal(after({ fault }), "again");
    assert.notEqual(after({ fault, attempt: 1 }), "again");
  }
});

test("what somebody has heard is not read again", () => {
  for (const fault of [broken, unreachable, refused, "long"] as const)
    assert.equal(after({ fault, passedOn: true }), "keep");
});

test("a fault that the next segment would meet too ends the text; one of this segment costs this segment", () => {
  assert.equal(after({ fault: refused }), "giveUp");
  assert.equal(after({ fault: unreachable, attempt: 1 }), "giveUp");
  assert.equal(after({ fault: new Error("of our own") }), "giveUp");
  assert.equal(after({ fault: broken, attempt: 1 }), "keep");
  assert.equal(after({ fault: "silent", attempt: 1 }), "keep");
});

test("nothing is done for nobody", () => {
  for (const fault of [undefined, broken, refused, "silent"] as const)
    assert.equal(after({ fault, wanted: false }), "abandon");
});
