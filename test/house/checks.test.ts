import assert from "node:assert/strict";
import { test } from "vitest";
import { runTool } from "./tool.ts";

test("the types hold", () => {
  const { status, report } = runTool("tsc", "--noEmit", "--pretty", "false");
  assert.equal(status, 0, report);
});

test("every file is formatted and passes the linter", () => {
  // A warning is a thing to mend or a rule to change.
  const { status, report } = runTool("biome", "check", "--error-on-warnings", "--colors=off");
  assert.equal(status, 0, report);
});
