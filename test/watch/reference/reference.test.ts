import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Code } from "@connectrpc/connect";
import { it } from "vitest";
import { root } from "../../house/tool.ts";
import { describeMetrics, metricsReference } from "./reference.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");

it("docs/metrics.md is current", async () => {
  assert.ok(read("docs/metrics.md") === (await metricsReference()), "it is stale: npm run docs");
});

it("no counter without its `_total` is called as another metric: OpenMetrics has one family of a name", async () => {
  for (const { described } of Object.values(await describeMetrics())) {
    const families = described.map(({ name, type }) => (type === "counter" ? name.replace(/_total$/, "") : name));
    assert.deepEqual(
      families.filter((name, at) => families.indexOf(name) !== at),
      [],
    );
  }
});

it("the bounds of a histogram rise, none above five times the one before, from a quarter of a second to half a minute", async () => {
  const histograms = Object.values(await describeMetrics()).flatMap(({ described }) =>
    described.filter(({ type }) => type === "histogram"),
  );
  assert.ok(histograms.length > 5);
  for (const { name, buckets = [] } of histograms) {
    const steps = buckets.slice(1).map((bound, at) => bound / Number(buckets[at]));
    assert.ok(
      steps.every((step) => step > 1 && step <= 5),
      `${name}: ${buckets}`,
    );
    assert.ok(Number(buckets.at(0)) <= 0.25 && Number(buckets.at(-1)) >= 30, name);
  }
});

const codes = new Set(Object.values(Code).flatMap((code) => (typeof code === "string" ? [toConstant(code)] : [])));

/** `NotFound` as gRPC writes it. */
function toConstant(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

/** How a reason stands in the code: behind a code of gRPC where a failure is made, or in a table of faults. */
const reasonForms = [/"([A-Z_]+)",\s*"([A-Z][A-Z_]+)"/g, /\bStatus\.([A-Z_]+),\s*"([A-Z][A-Z_]+)"/g];

it("the runbook has a row for each reason that a caller may be told", () => {
  const files = globSync("{edge,services}/**/*.ts", { cwd: root }).filter((file) => !/\/gen\/|\.test\.ts$/.test(file));
  const pairs = files.flatMap((file) => reasonForms.flatMap((form) => [...read(file).matchAll(form)]));
  const reasons = pairs.flatMap(([, code = "", reason = ""]) =>
    codes.has(code) && !codes.has(reason) ? [reason] : [],
  );
  assert.ok(new Set(reasons).size > 30, `only ${new Set(reasons).size} were found`);
  const runbook = read("docs/runbook.md");
  const missing = [...new Set(reasons)].filter((reason) => !runbook.includes(`\n| \`${reason}\` |`));
  assert.deepEqual(missing.toSorted(), []);
});
