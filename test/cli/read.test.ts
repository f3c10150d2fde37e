import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { it } from "vitest";

const main = fileURLToPath(new URL("../../services/cli/main.ts", import.meta.url));
const duet = (args: string[], input: string) =>
  spawnSync(process.execPath, [main, ...args], { input, encoding: "utf8" });

it("prints one line of JSON for each text", () => {
  const { stdout, status } = duet(["read"], '{"id":"a","text":"室温25°C。"}\n今天是2024年。\n');
  assert.equal(status, 0);
  assert.deepEqual(
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
    [
      { id: "a", clauses: [{ text: "室温25°C。", spoken: "室温二十五摄氏度。", readBy: 7 }] },
      { id: "2", clauses: [{ text: "今天是2024年。", spoken: "今天是二零二四年。", readBy: 9 }] },
    ],
  );
});

it("takes all of its input as one text", () => {
  const { stdout } = duet(["read", "--whole", "--lang", "en"], "# Title\n\n1. Open it\n");
  assert.deepEqual(
    JSON.parse(stdout).clauses.map((clause: { spoken: string }) => clause.spoken),
    ["Title.", "one, Open it."],
  );
});

it("names the line that is no JSON, reads the others and ends with status 1", () => {
  const { stdout, stderr, status } = duet(["read"], '{"id": \n好\n');
  assert.equal(status, 1);
  assert.match(stderr, /^duet read: line 1: /);
  assert.equal(JSON.parse(stdout).id, "2");
});

it("explains itself", () => {
  assert.match(duet(["read", "--help"], "").stdout, /Examples:/);
});
