import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { sourceFiles } from "./imports.ts";
import { root } from "./tool.ts";

/** The width that the formatter gives code, which leaves comments as they are. */
const mostColumns = 120;

/** The lines of a source file that hold a comment alone and are too wide. */
function wideComments(source: string): number[] {
  return source
    .split("\n")
    .flatMap((line, index) => (/^\s*(\/\/|\/\*|\*(?!\*))/.test(line) && line.length > mostColumns ? [index + 1] : []));
}

test("comments are no wider than code", () => {
  const wide = sourceFiles(root).flatMap((file) =>
    wideComments(readFileSync(join(root, file), "utf8")).map((line) => `${file}:${line}`),
  );
  assert.deepEqual(wide, []);
});

test("a comment that is too wide is named by its line, whichever its form", () => {
  const fits = "x".repeat(mostColumns - 3);
  for (const open of ["// ", " * ", "/* "]) {
    assert.deepEqual(wideComments(`a();\n${open}${fits}\n`), [], open);
    assert.deepEqual(wideComments(`a();\n${open}${fits}x\n`), [2], open);
  }
  assert.deepEqual(wideComments(`const text = "${fits}";\n`), []);
});
