import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { fields } from "../../engines/fields.ts";
import { notes } from "../../gen/duet/config/v1/notes.ts";
import { engineLeaves } from "../file/engine.ts";
import { configReference } from "./reference.ts";
import { configSchema } from "./schema.ts";

const read = (file: string) => readFileSync(join(import.meta.dirname, "../../..", file), "utf8");

test("the reference of duet.yaml is current", () => {
  assert.ok(read("docs/config.md") === configReference(), "docs/config.md is stale: npm run docs");
});

test("the schema for editors is current", () => {
  assert.ok(
    read("docs/duet.schema.json") === `${JSON.stringify(configSchema(), null, 2)}\n`,
    "docs/duet.schema.json is stale: npm run docs",
  );
});

test("every field of the engines has its facts and its note, and no facts are left over", () => {
  const leaves = [...engineLeaves()];
  assert.ok(leaves.length > 80);
  assert.deepEqual(leaves.map(([path]) => path).sort(), Object.keys(fields).sort());
  for (const [path, field] of leaves) {
    assert.match(notes[`${field.parent.typeName}.${field.name}`] ?? "", /\.$/, path);
    assert.match(fields[path]?.reason ?? "", /^\S.*\.$/, path);
  }
});

test("every fallback is a value that its field takes", () => {
  for (const [path, { fallback, range, words }] of Object.entries(fields)) {
    if (fallback === undefined) continue;
    if (words !== undefined) assert.ok(words.includes(fallback as string), path);
    if (range !== undefined) assert.ok((fallback as number) >= range[0] && (fallback as number) <= range[1], path);
  }
});
