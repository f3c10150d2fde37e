import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { loadConfig } from "../../infra/config/load.ts";
import { judgeFiles } from "../../infra/config/named/files.ts";
import { writeProblem } from "../../infra/config/problem.ts";
import { further } from "./further.ts";
import { reportedOfEngines } from "./reported-engines.ts";
import { reportedOfSettings } from "./reported-settings.ts";

const reported = [...reportedOfEngines, ...reportedOfSettings];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "duet-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a mistake is told with its line and a remedy", () => {
  for (const { what, yaml, line, path, says, remedy, doubtful, files = {} } of [...reported, ...further])
    test(what, (context) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      context.onTestFinished(() => {
        for (const name of Object.keys(files)) rmSync(join(folder, name));
      });
      const loaded = loadConfig({ DUET_CONFIG: join(folder, "duet.yaml") }, yaml);
      const problems = [...loaded.problems, ...judgeFiles(loaded)];
      const told = problems.map((problem) => writeProblem(problem).replaceAll(folder, "HERE"));
      const index = problems.findIndex(
        (problem) => problem.path === path && says.test(problem.message.replaceAll(folder, "HERE")),
      );
      const found = problems[index];
      const shown = told[index] ?? told.join("\n");
      assert.ok(found !== undefined, shown);
      assert.equal(found.severity, doubtful ? "warning" : "error", shown);
      // What is nowhere written has no line.
      assert.equal(found.origin !== undefined && "line" in found.origin ? found.origin.line : 0, line, shown);
      assert.match(found.remedy, remedy);
      assert.match(found.remedy, /^(?:[A-Z]|vLLM ).*[.?]$/s, "a remedy is a sentence");
      assert.doesNotMatch(told.join("\n"), /hunter/);
    });

  test("they are seventy and more, each of its own", () => {
    assert.ok(reported.length >= 50 && further.length >= 20, `${reported.length} and ${further.length}`);
    assert.equal(new Set([...reported, ...further].map(({ yaml }) => yaml)).size, reported.length + further.length);
  });
});
