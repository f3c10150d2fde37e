import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { it } from "vitest";

const main = fileURLToPath(new URL("../../services/cli/main.ts", import.meta.url));
const duet = (args: string[], input: string) =>
  spawnSync(process.execPath, [main, ...args], { input, encoding: "utf8" });

/** A file in a folder of its own. */
function place(name: string, content: string) {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  const file = join(folder, name);
  writeFileSync(file, content);
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}

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
  const { stdout } = duet(["read", "--whole", "--language", "en"], "# Title\n\n1. Open it\n");
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

it("reads files, and goes on after one that is not there", () => {
  const { file, remove } = place("a.txt", "5个\n");
  const { stdout, stderr, status } = duet(["read", `${file}.none`, file, "-"], "6个");
  remove();
  assert.equal(status, 1);
  assert.match(stderr, /^duet read: .*a\.txt\.none: ENOENT.*\n$/);
  const spoken = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).clauses[0].spoken);
  assert.deepEqual(spoken, ["五个", "六个"]);
});

it("tells which rule read what, for people and for programs", () => {
  assert.match(duet(["read", "--explain"], "室温25°C。").stdout, /25°C {2}→ {2}二十五摄氏度 {4}zh: amount/);
  const [clause] = JSON.parse(duet(["read", "--explain", "--json", "--language", "en"], "25°C.").stdout).clauses;
  assert.deepEqual([clause.language, clause.because, clause.pieces[0].rule], ["en", "asked", "amount"]);
});

it("says which argument is wrong", () => {
  const { file, remove } = place("words.yaml", "zh:\n  a:\n");
  const errors = (...args: string[]) => {
    const { stderr, status } = duet(["read", ...args], "");
    assert.notEqual(status, 0);
    return stderr;
  };
  assert.equal(errors("--language", "chinese!"), "duet: --language must be a language tag such as zh, en or pt-BR\n");
  assert.match(
    errors("--lexicon", file),
    /^duet: --lexicon: .*words\.yaml: line 2: the pronunciation of a word must be/,
  );
  assert.match(errors("--json"), /^duet: --json needs --explain/);
  assert.match(errors("--langauge", "en"), /unknown option '--langauge'/);
  remove();
});

it("explains itself", () => {
  assert.match(duet(["read", "--help"], "").stdout, /Examples:/);
});
