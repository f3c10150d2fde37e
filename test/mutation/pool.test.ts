import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { it } from "vitest";
import { environment } from "../support/environment.ts";

it("a process that is kept runs the tests that each run is for, and no others", async () => {
  const script = join(import.meta.dirname, "cases/kept.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env: environment({}) });
  const runs = stdout.split("\n").flatMap((line) => (line.startsWith("[") ? [JSON.parse(line)] : []));
  assert.deepEqual(runs, [[["first", "passed"]], [["second", "loaded 2 times by its process"]], [["first", "passed"]]]);
});
