import assert from "node:assert/strict";
import { test } from "vitest";
import type { Log } from "../../../infra/log/log.ts";
import { createMetrics } from "../../../infra/telemetry/metrics.ts";
import {
  compareRows,
  createDriftLog,
  type Difference,
  type DriftRow,
  observeDrift,
  severeDrift,
  tell,
} from "./drift.ts";

interface Plan {
  readonly size: number | undefined;
  readonly strict: boolean;
}

const rows: DriftRow<Plan, { size?: string; also?: string }>[] = [
  {
    path: "size",
    severity: ({ strict }) => (strict ? "severe" : "minor"),
    configured: ({ size }) => size?.toString(),
    live: ({ size, also }, plan) => (also === plan.size?.toString() ? also : size),
  },
];

const compared: [what: string, plan: Plan, seen: { size?: string; also?: string }, expected: string[]][] = [
  ["the same", { size: 1, strict: true }, { size: "1" }, []],
  ["another", { size: 1, strict: true }, { size: "2" }, ["severe: engine.x.size is 2, not 1 (http://a)"]],
  [
    "another, by a plan that minds less",
    { size: 1, strict: false },
    { size: "2" },
    ["minor: engine.x.size is 2, not 1 (http://a)"],
  ],
  ["what is as good", { size: 1, strict: true }, { size: "2", also: "1" }, []],
  ["what the config does not say", { size: undefined, strict: true }, { size: "2" }, []],
  ["what the engine does not tell", { size: 1, strict: true }, {}, []],
];

for (const [what, plan, seen, expected] of compared)
  test(`${what} makes ${expected.length} differences`, () => {
    const differences = compareRows(rows, { above: "engine.x", plan, seen, server: "http://a" });
    assert.deepEqual(
      differences.map((difference) => `${difference.severity}: ${tell([difference])}`),
      expected,
    );
  });

const minor: Difference = { path: "engine.x.a", configured: "1", live: "2", severity: "minor", server: "" };
const severe: Difference = { path: "engine.x.b", configured: "3", live: "4", severity: "severe", server: "http://a" };

test("an engine is given no work for a severe difference, and is told what to do about that one alone", () => {
  const named = { title: "The engine", kind: "x" };
  assert.equal(severeDrift(named, []), undefined);
  assert.equal(severeDrift(named, [minor]), undefined);
  assert.equal(
    severeDrift(named, [minor, severe]),
    "The engine does not match the config: engine.x.b is 4, not 3 (http://a). Start it with the command that `duet render x` prints, or correct the config",
  );
});

test("differences are told in one sentence, where each is and what it should be", () => {
  assert.equal(tell([minor, severe]), "engine.x.a is 2, not 1; engine.x.b is 4, not 3 (http://a)");
  assert.equal(tell([]), "");
});

test("differences are logged when they change, and once when there are none any more", () => {
  const lines: [level: string, count: number, text: string][] = [];
  const write = (level: string) => (fields: { differences: number }, text: string) =>
    void lines.push([level, fields.differences, text]);
  const log = { info: write("info"), warn: write("warn") } as unknown as Log;
  const say = createDriftLog(log, { title: "The engine" });
  for (const differences of [[], [minor], [minor], [minor, severe], [], [], [minor]]) say(differences);
  assert.deepEqual(lines, [
    ["warn", 1, "The engine does not match the config: engine.x.a is 2, not 1"],
    ["warn", 2, "The engine does not match the config: engine.x.a is 2, not 1; engine.x.b is 4, not 3 (http://a)"],
    ["info", 0, "The engine matches the config again"],
    ["warn", 1, "The engine does not match the config: engine.x.a is 2, not 1"],
  ]);
});

test("a gauge counts what differs when it is read", async () => {
  const metrics = createMetrics({ runtime: false });
  let differences: Difference[] = [];
  observeDrift(metrics, { name: "duet_generate_drift", help: "What differs." }, () => differences);
  const read = async () =>
    (await metrics.registry.metrics()).split("\n").filter((line) => line.startsWith("duet_generate"));
  assert.deepEqual(await read(), [
    'duet_generate_drift{severity="minor"} 0',
    'duet_generate_drift{severity="severe"} 0',
  ]);
  differences = [minor, severe, severe];
  assert.deepEqual(await read(), [
    'duet_generate_drift{severity="minor"} 1',
    'duet_generate_drift{severity="severe"} 2',
  ]);
});
