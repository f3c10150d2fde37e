/**
 * The rules one by one, each from both sides: `rules.txt` has texts that it cuts and texts that only look like those.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { createSegmenter } from "./segmenter.ts";

/** The text of a row with `‖` where one of its clauses ends and another begins. */
function cut(pieces: Iterable<string>): string {
  const segmenter = createSegmenter();
  const clauses = [...pieces].flatMap((piece) => segmenter.push(piece));
  const points = [...[...pieces].join("")];
  const ends = [...clauses, ...segmenter.flush()].map(({ end }) => end).filter((end) => end < points.length);
  return [0, ...ends].map((start, index) => points.slice(start, ends[index]).join("")).join("‖");
}

const rules = readFileSync(join(import.meta.dirname, "rules.txt"), "utf8")
  .split(/^== /m)
  .slice(1);
for (const rule of rules) {
  const [name = "", ...rows] = rule.split("\n").filter((line) => line !== "");
  describe(name, () => {
    for (const row of rows)
      it(row, () => {
        const written = row.replaceAll("\\n", "\n");
        const text = written.replaceAll("‖", "");
        assert.equal(cut([text]), written);
        assert.equal(cut(text), written, "character by character");
      });
  });
}
