import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { readReplies } from "../replies.ts";
import { load } from "../scenarios/load.ts";
import { type RunFlags, scenarioOf } from "./flags.ts";

const flags = (differs: Partial<RunFlags> = {}): RunFlags => ({ replies: "", seed: "1", ...differs });

test("a scenario without flags is as it is shipped", () => assert.deepEqual(scenarioOf("load", flags()), load));

test("flags take a part of a scenario, or put another load on it", () => {
  const part = scenarioOf("load", flags({ users: "10,7", sides: "duet", calibrations: "s2ref,fish15", repeats: "2" }));
  assert.deepEqual(
    part.loads.map((one) => one.kind === "closed" && [one.users, one.thinkMs]),
    [
      [10, 10_000],
      [7, 10_000],
    ],
  );
  assert.deepEqual([part.sides, part.calibrations, part.repeats], [["duet"], ["s2ref", "fish15"], 2]);
  assert.deepEqual(scenarioOf("load", flags({ open: "0.5,2" })).loads, [
    { kind: "open", perSecond: 0.5 },
    { kind: "open", perSecond: 2 },
  ]);
  assert.ok(
    scenarioOf("load", flags({ think: "3" })).loads.every((one) => one.kind === "closed" && one.thinkMs === 3000),
  );
  const { warmMs, untilMs, endMs } = scenarioOf("load", flags({ seconds: "14" })).time;
  assert.deepEqual([warmMs, untilMs, endMs].map(Math.round), [2000, 12_000, 14_000]);
});

for (const [differs, told] of [
  [{ users: "1,x" }, /^--users x: must be a number above 0$/],
  [{ open: "" }, /^--open : must be a number above 0$/],
  [{ seed: "-1" }, /^--seed -1: /],
  [{ sides: "duet,constructor" }, /^--sides constructor: must be of article, /],
  [{ calibrations: "fish16" }, /^--calibrations fish16: must be of fish15, s1mini, s2ref, voxcpm, voxcpm1, cosyvoice$/],
] as const)
  test(`${JSON.stringify(differs)}: says what it takes`, () =>
    assert.throws(() => scenarioOf("load", flags(differs)), { message: told }));

test("a name that every object has is no scenario", () =>
  assert.throws(() => scenarioOf("constructor", flags()), /constructor is no scenario/));

test("a file of replies that is none names its line", () => {
  const folder = mkdtempSync(join(tmpdir(), "duet-replies-"));
  const file = join(folder, "replies.tsv");
  try {
    const read = (text: string) => {
      writeFileSync(file, text);
      return readReplies(file);
    };
    const [reply] = read("id\tlang\tstyle\tquestion\treply\na\ten\tplain\tWhy?\tSo\\tand\\nso\\u00e9\\\\.\n");
    assert.equal(reply?.text, "So\tand\nsoé\\.");
    assert.throws(() => read("id\nr\ten\tplain\tWhy?\tSo.\nonly this"), /line 3: must be id, /);
    assert.throws(() => read("id\nr\ten\tplain\tWhy?\ta ]] b"), /line 2: a reply cannot hold \]\]/);
    assert.throws(() => read("id\n"), /holds no reply|must be id/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
