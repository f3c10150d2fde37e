import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { parse } from "yaml";
import { dashboards } from "../../../infra/deploy/observe/dashboards.ts";
import { toGrafana } from "../../../infra/deploy/observe/grafana.ts";
import { root } from "../../house/tool.ts";
import { skipFor } from "../../support/skip.ts";
import { observeFolder } from "./server.ts";

interface Rules {
  readonly groups: readonly { readonly rules: readonly { alert?: string; record?: string; expr: string }[] }[];
}

const lacksPromtool = spawnSync("promtool", ["--version"]).error !== undefined;
const readRules = (name: string) =>
  (parse(readFileSync(join(observeFolder, "rules", name), "utf8")) as Rules).groups.flatMap(({ rules }) => rules);
const alerts = readRules("alerts.yml").map(({ alert = "" }) => alert);
const records = readRules("recording.yml").map(({ record = "" }) => record);
const tests = readFileSync(join(observeFolder, "rules/rules.test.yml"), "utf8");

describe("rules", () => {
  it("are tested, each of them", () => {
    for (const alert of alerts) assert.match(tests, new RegExp(`alertname: ${alert}\\b`));
    for (const record of records) assert.ok(tests.includes(`expr: ${record}\n`), record);
  });

  it(
    "do what their tests say",
    skipFor(lacksPromtool && "promtool is not on the path: apt-get install prometheus"),
    () => {
      const { status, stdout, stderr } = spawnSync("promtool", [
        "test",
        "rules",
        join(observeFolder, "rules/rules.test.yml"),
      ]);
      assert.equal(status, 0, `${stdout}${stderr}`);
    },
  );

  it("have a row in the runbook, each alert", () => {
    const runbook = readFileSync(join(root, "docs/runbook.md"), "utf8");
    for (const alert of alerts) assert.ok(runbook.includes(`\n### ${alert}\n`), alert);
  });
});

it("the dashboards are current", () => {
  for (const dashboard of dashboards)
    assert.deepEqual(
      JSON.parse(readFileSync(join(observeFolder, `grafana/dashboards/${dashboard.uid}.json`), "utf8")),
      JSON.parse(JSON.stringify(toGrafana(dashboard))),
      "a dashboard is stale: npm run docs",
    );
});
