import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "vitest";
import { processes } from "../../config/processes.ts";
import { bundleFolder, stateOf } from "../../process/bundled.ts";
import { needsBundles } from "./bundle.ts";

it("programs are bundled as long as any of them has no bundle of its sources as they are", (t) => {
  const root = mkdtempSync(join(tmpdir(), "duet-ahead-"));
  t.onTestFinished(() => rmSync(root, { recursive: true }));
  const source = (program: string) => `${program}.ts`;
  const bundle = (program: string) => {
    const folder = join(root, bundleFolder(program));
    mkdirSync(folder, { recursive: true });
    const sources = { [source(program)]: stateOf(join(root, source(program))) };
    writeFileSync(join(folder, "sources.json"), JSON.stringify(sources));
  };
  const programs = Object.keys(processes);
  for (const program of programs) {
    writeFileSync(join(root, source(program)), "// As it is.");
    assert.equal(needsBundles(root), true, `${program} has none`);
    bundle(program);
  }
  assert.equal(needsBundles(root), false);
  for (const program of programs) {
    writeFileSync(join(root, source(program)), "// As it has become.");
    assert.equal(needsBundles(root), true, `that of ${program} is old`);
    bundle(program);
    assert.equal(needsBundles(root), false);
  }
});
