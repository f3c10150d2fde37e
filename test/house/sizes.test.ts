import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { sourceFiles } from "./imports.ts";
import { judgeSizes } from "./sizes.ts";
import { root } from "./tool.ts";

const files = sourceFiles(root)
  .filter((file) => file.endsWith(".ts") && !file.startsWith("test/") && !file.endsWith(".test.ts"))
  .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length - 1 }));

test("a folder is taken in at a glance, and a file is read in one sitting", () => {
  assert.ok(files.length > 250, `only ${files.length} files were found`);
  assert.deepEqual(judgeSizes(files), []);
});

/** `count` files of `lines` lines in as many folders as they need. */
function make(count: number, lines: number, folder = "edge") {
  return Array.from({ length: count }, (_, n) => ({ file: `${folder}/${lines}/${n >> 3}/${n}.ts`, lines }));
}

test("a folder with one file too many is named", () => {
  const flat = Array.from({ length: 14 }, (_, n) => ({ file: `edge/turn/${n}.ts`, lines: 10 }));
  assert.deepEqual(judgeSizes(flat.slice(1)), []);
  assert.match(judgeSizes(flat).join(), /^edge\/turn has 14 files/);
});

test("one long file is named, and so are many that are rather long", () => {
  assert.deepEqual(judgeSizes([...make(99, 90), ...make(1, 280)]), []);
  assert.match(judgeSizes([...make(99, 90), ...make(1, 281)]).join(), /^edge\/281\/0\/0\.ts has 281 lines/);
  assert.deepEqual(judgeSizes([...make(95, 90), ...make(5, 231)]), []);
  assert.match(judgeSizes([...make(94, 90), ...make(6, 231)]).join(), /^the p95 .* 231 lines/);
  assert.deepEqual(judgeSizes([...make(50, 90), ...make(50, 91)]), []);
  assert.match(judgeSizes([...make(49, 90), ...make(51, 91)]).join(), /^the median .* 91 lines/);
});
