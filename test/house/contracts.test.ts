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

test("every contract says what its package is called in Go, Java and C#", () => {
  const files = globSync("proto/duet/*/v1/*.proto", { cwd: root });
  assert.ok(files.length >= 8, `only ${files.length} contracts were found`);
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    const name = file.split("/")[2] as string;
    for (const option of [
      `csharp_namespace = "Duet.${name[0]?.toUpperCase()}${name.slice(1)}.V1"`,
      `go_package = "duet/gen/duet/${name}/v1;${name}v1"`,
      "java_multiple_files = true",
      `java_package = "dev.duet.${name}.v1"`,
    ])
      assert.ok(text.includes(`\noption ${option};\n`), `${file} lacks: option ${option};`);
  }
});

test("a number that is kept says what for", () => {
  for (const file of globSync("proto/duet/*/v1/*.proto", { cwd: root }))
    for (const line of readFileSync(join(root, file), "utf8").split("\n"))
      if (/^\s*reserved\b/.test(line)) assert.match(line, /^\s*reserved \d+; \/\/ \w+/, `${file}: ${line.trim()}`);
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
