import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "vitest";
import { variableOf } from "../settings/setting.ts";
import { allSettings } from "./declared.ts";
import { loadConfig } from "./load.ts";
import { writeFault } from "./problem.ts";
import { renamed } from "./renamed.ts";

const changelog = readFileSync(new URL("../../CHANGELOG.md", import.meta.url), "utf8");

describe("a name that a setting had", () => {
  for (const [old, now] of Object.entries(renamed))
    test(`${old} is refused in both spellings, and the new one is told`, () => {
      const [variable, newVariable] = [variableOf(old), variableOf(now)];
      assert.deepEqual(loadConfig({ [variable]: "1" }).problems.map(writeFault), [
        `${variable} was renamed to ${newVariable}: use the new name`,
      ]);
      const [first = "", second] = old.split(".");
      const text = second === undefined ? `${first}: 1\n` : `${first}: { ${second}: 1 }\n`;
      const column = second === undefined ? 1 : first.length + 5;
      assert.deepEqual(loadConfig({}, text).problems.map(writeFault), [
        `duet.yaml:1:${column}: ${old} was renamed to ${now}. Use the new name.`,
      ]);
      assert.ok(changelog.includes(`| \`${variable}\` | \`${newVariable}\` |`), `CHANGELOG.md lacks ${variable}`);
    });

  test("is none that a setting has now, and each became one", () => {
    const paths = allSettings.map(({ path }) => path);
    const variables = allSettings.map(({ variable }) => variable);
    for (const [old, now] of Object.entries(renamed)) {
      assert.ok(!paths.includes(old) && !variables.includes(variableOf(old)), old);
      assert.ok(paths.includes(now), now);
    }
  });

  test("counts as unset where it is empty", () => {
    assert.deepEqual(loadConfig({ DUET_LISTEN: "" }).problems, []);
  });
});
