import assert from "node:assert/strict";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "vitest";
import { root, runTool } from "./tool.ts";

test("the contracts pass buf's lint", () => {
  const { status, report } = runTool("buf", "lint");
  assert.equal(status, 0, report);
});

test("the committed generated code is what the contracts generate", (context) => {
  const folder = temporaryFolder(context);
  const { status, report } = runTool("buf", "generate", "--output", folder);
  assert.equal(status, 0, report);
  const [committed, generated] = [readGenerated(root), readGenerated(folder)];
  assert.ok(generated.size >= 5, `only ${generated.size} files were generated`);
  assert.deepEqual([...committed.keys()], [...generated.keys()], "a file is missing or left over: npm run proto");
  for (const [file, text] of generated) assert.ok(committed.get(file) === text, `${file} is stale: npm run proto`);
});

test("the contracts break nobody who was built against the last release", () => {
  const release = lastRelease();
  // Before the first release there is nobody to break, and v1 may still be shaped.
  if (release === undefined) return;
  const { status, report } = runTool("buf", "breaking", "--against", `.git#tag=${release}`);
  assert.equal(status, 0, report);
});

test("a break would be found", (context) => {
  const released = temporaryFolder(context);
  cpSync(join(root, "buf.yaml"), join(released, "buf.yaml"));
  cpSync(join(root, "proto"), join(released, "proto"), { recursive: true });
  const file = join(released, "proto/duet/assistant/v1/assistant.proto");
  const text = readFileSync(file, "utf8");
  assert.match(text, /string turn_id = 1;/);
  writeFileSync(file, text.replace("string turn_id = 1;", "uint32 turn_id = 1;"));
  const { status, report } = runTool("buf", "breaking", "--against", released);
  assert.notEqual(status, 0);
  assert.match(report, /turn_id/);
});

function lastRelease(): string | undefined {
  const { status, output, report } = runTool("git", "tag", "--list", "v*", "--sort=-version:refname");
  assert.equal(status, 0, report);
  return output.split("\n")[0] || undefined;
}

function readGenerated(folder: string): Map<string, string> {
  const files = globSync("{services,edge,infra}/gen/**/*.ts", { cwd: folder }).sort();
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
