import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { loadConfig } from "../../infra/config/load.ts";
import { accessRules } from "../../infra/config/rules/access.ts";
import { addressRules } from "../../infra/config/rules/addresses.ts";
import { callerRules } from "../../infra/config/rules/callers.ts";
import { limitRules } from "../../infra/config/rules/limits.ts";
import { togetherRules } from "../../infra/config/rules/together.ts";
import { voiceRules } from "../../infra/config/rules/voices.ts";
import { allEngines } from "../../infra/engines/registry.ts";
import { ruleRows } from "./rows/rows.ts";

const engineRules = allEngines.flatMap(({ rules, setupRules }) => [...rules, ...setupRules]);
const rules = [
  ...engineRules,
  ...togetherRules,
  ...limitRules,
  ...accessRules,
  ...voiceRules,
  ...addressRules,
  ...callerRules,
];

describe("rules", () => {
  for (const { rule, severity, config, path, remedy } of ruleRows)
    test(`${rule}: ${config.split("\n").at(-1)?.trim()}`, () => {
      const { problems } = loadConfig({}, config, { secrets: false });
      const found = problems.find((problem) => problem.rule === rule);
      assert.ok(
        found !== undefined,
        `not found among: ${problems.map(({ rule, message }) => rule ?? message).join(", ")}`,
      );
      assert.deepEqual([found.severity, found.path], [severity, path]);
      assert.match(found.remedy, remedy);
      assert.match(`${found.message}.`, /^\S.*[^.]\.$/, "a message is a sentence without its full stop");
      assert.match(found.remedy, /^[A-Z].*\.$/, "a remedy is a sentence");
      assert.ok(found.source);
    });

  test("each has a row", () => {
    const rows = new Set(ruleRows.map(({ rule }) => rule));
    assert.deepEqual(
      rules.filter(({ id }) => !rows.has(id)).map(({ id }) => id),
      [],
    );
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length, "two rules have one name");
  });

  test("each has its severity from the table alone", () => {
    for (const { rule, severity } of ruleRows)
      assert.equal(rules.find(({ id }) => id === rule)?.severity, severity, rule);
  });

  test("say nothing about what is right", () => {
    const { problems } = loadConfig({}, "engine:\n  vllm: {}\n");
    assert.deepEqual(problems, []);
  });
});
