import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { parse } from "yaml";
import { dashboards } from "../../../infra/deploy/observe/dashboards.ts";
import { toGrafana } from "../../../infra/deploy/observe/grafana.ts";
import { createMetrics } from "../../../infra/telemetry/metrics.ts";
import { root } from "../../house/tool.ts";
import { skipFor } from "../../support/skip.ts";
import { describeMetrics } from "../reference/reference.ts";
import { observeFolder } from "./server.ts";

interface Rules {
  readonly groups: readonly { readonly rules: readonly { alert?: string; record?: string; expr: string }[] }[];
}

const lacksPromtool = spawnSync("promtool", ["--version"]).error !== undefined;
const readRules = (name: string) =>
  (parse(readFileSync(join(observeFolder, "rules", name), "utf8")) as Rules).groups.flatMap(({ rules }) => rules);
const expressions = ["alerts.yml", "recording.yml"].flatMap(readRules).map(({ expr }) => expr);
const alerts = readRules("alerts.yml").map(({ alert = "" }) => alert);
const records = readRules("recording.yml").map(({ record = "" }) => record);
const tests = readFileSync(join(observeFolder, "rules/rules.test.yml"), "utf8");

describe("rules", () => {
  it("are tested, each of them", () => {
    for (const alert of alerts) assert.match(tests, new RegExp(`alertname: ${alert}\\b`));
    for (const record of records) assert.ok(tests.includes(`expr: ${record}\n`), record);
  });

  it("ask of no count that is not told as 0 from the start: of what it is at first Prometheus knows no growth", async () => {
    const pages = Object.values(await describeMetrics()).map(({ page }) => page);
    const values = [...pages, await createMetrics().registry.metrics()].join("\n").split("\n");
    const counts = expressions.flatMap((expression) => [...expression.matchAll(/\b(duet_\w+_total)(?:\{([^}]*)\})?/g)]);
    assert.ok(counts.length >= 8);
    for (const [count, name = "", labels = ""] of counts)
      assert.ok(
        values.some(
          (line) =>
            new RegExp(`^${name}(\\{.*\\})? 0$`).test(line) && labels.split(",").every((label) => line.includes(label)),
        ),
        count,
      );
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
