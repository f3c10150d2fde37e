import assert from "node:assert/strict";
import { it } from "vitest";
import type { OpenClause } from "../clause.ts";
import { createSegmenter } from "../segmenter.ts";

it("ends the open clause at one of its borders and goes on with the rest", () => {
  const segmenter = createSegmenter();
  const opened = (): OpenClause | undefined => segmenter.open;
  assert.equal(opened(), undefined);
  assert.deepEqual(segmenter.push("Yes. 😀 The room is cold because the window is open and "), [
    { text: "Yes.", start: 0, end: 4, borders: [] },
  ]);
  const open = opened();
  assert.equal(open?.text, "😀 The room is cold because the window is open and ");
  assert.equal(open?.start, 5);
  assert.deepEqual(
    open?.borders.map(({ at }) => open.text.slice(at)),
    ["because the window is open and ", "and "],
  );
  const border = open?.borders[0];
  assert.ok(border !== undefined);
  const first = segmenter.cutAt(border);
  assert.deepEqual(first, { text: "😀 The room is cold ", start: 5, end: 24, borders: [] });
  assert.deepEqual(
    opened()?.borders.map(({ at }) => opened()?.text.slice(at)),
    ["and "],
  );
  assert.throws(() => segmenter.cutAt({ at: 2, strength: "word" }), RangeError);
  const [rest] = segmenter.push("it snows. ");
  assert.equal(rest?.text, "because the window is open and it snows.");
  assert.equal(rest?.start, 24);
  assert.deepEqual(
    rest?.borders.map(({ at }) => rest.text.slice(at)),
    ["and it snows."],
  );
  assert.equal(opened(), undefined);
});
