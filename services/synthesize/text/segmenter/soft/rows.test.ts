import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "vitest";
import { createSegmenter } from "../segmenter.ts";

// Each row is a text with places marked: `|` a border between phrases stands here, `¦` one between words, `×` none may.
// What is not marked is free.

const folder = join(import.meta.dirname, "rows");

/** The borders of a text by their place in it. */
function bordersOf(text: string): Map<number, string> {
  const segmenter = createSegmenter();
  const found = new Map<number, string>();
  for (const { start, text: clause, borders } of [...segmenter.push(`${text} `), ...segmenter.flush()])
    for (const { at, strength } of borders) found.set([...clause.slice(0, at)].length + start, strength);
  return found;
}

for (const file of readdirSync(folder))
  for (const row of readFileSync(join(folder, file), "utf8").split("\n")) {
    if (row === "" || row.startsWith("#")) continue;
    it(`${file}: ${row}`, () => {
      const found = bordersOf(row.replace(/[|¦×]/g, ""));
      let place = 0;
      for (const c of row) {
        if (c === "|") assert.equal(found.get(place), "phrase", `at ${place}`);
        else if (c === "¦") assert.equal(found.get(place), "word", `at ${place}`);
        else if (c === "×") assert.equal(found.get(place), undefined, `at ${place}`);
        else place++;
      }
    });
  }
