import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "vitest";
import { living, mayLive } from "./living.ts";
import { rooms } from "./rooms.ts";

const root = join(import.meta.dirname, "../..");

for (const { file, line, why } of living)
  it(`${file} still has the line whose mutants may live: ${line.slice(0, 40)}`, () => {
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    assert.ok(lines.some((each) => each.trim() === line));
    assert.equal(mayLive(file, `  ${line}`), why);
    assert.ok(rooms.some(({ folder }) => file.startsWith(`${folder}/`)));
  });
