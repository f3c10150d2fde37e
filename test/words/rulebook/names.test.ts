import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "vitest";
import { entriesOf, languagesWithRules } from "./examples.ts";

/** The parts of docs/words.md, by language, each with the names in the first column of its table. */
const parts = readFileSync(new URL("../../../docs/words.md", import.meta.url), "utf8")
  .split(/^## /m)
  .map((part): [heading: string, names: string[]] => [
    part.slice(0, part.indexOf("\n")),
    [...part.matchAll(/^\| (?!what is read)([^|]+) \|/gm)].map(([, name = ""]) => name),
  ]);
const names = new Intl.DisplayNames(["en"], { type: "language" });

for (const language of languagesWithRules)
  it(`docs/words.md has the entries of ${language} by their names, in the order of the tries`, () => {
    const written = new Map(parts).get(names.of(language) ?? "");
    assert.deepEqual(
      entriesOf(language).map(({ name }) => name),
      written,
    );
  });
