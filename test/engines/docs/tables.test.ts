import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "vitest";
import { enginesOf } from "../../../infra/engines/registry.ts";
import { variableOf } from "../../../infra/settings/setting.ts";
import { withTables } from "./tables.ts";

const read = () => readFileSync(new URL("../../../docs/engines.md", import.meta.url), "utf8");

test("the tables of docs/engines.md are current", () => {
  assert.ok(read() === withTables(read()), "a table is stale: npm run docs");
});

test("docs/engines.md names every engine that speaks, and a voice that companies may use before any other", () => {
  const text = read();
  for (const { name } of enginesOf("speech")) assert.ok(text.includes(variableOf(`${name}.url`)), name);
  const first = (what: RegExp) => text.search(what);
  assert.ok(first(/Apache-2\.0/) < first(/non-commercial|Research License/), "the first voice is one to use");
});

test("docs/engines.md links to files that exist", () => {
  for (const [, target = ""] of read().matchAll(/\]\((?!https?:)([^)#]+)/g))
    assert.ok(existsSync(new URL(`../../../docs/${target}`, import.meta.url)), target);
});
