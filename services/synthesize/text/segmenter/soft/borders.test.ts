import assert from "node:assert/strict";
import { it } from "vitest";
import type { OpenClause } from "../clause.ts";
import { createSegmenter } from "../segmenter.ts";

it("gives the borders of the open clause, and the same of the clause once it is whole", () => {
  const segmenter = createSegmenter();
  const opened = (): OpenClause | undefined => segmenter.open;
  assert.equal(opened(), undefined);
  assert.deepEqual(segmenter.push("Yes. 😀 The room is cold because the window of the bath is open and "), [
    { text: "Yes.", start: 0, end: 4, borders: [] },
  ]);
  const open = opened();
  assert.equal(open?.text, "😀 The room is cold because the window of the bath is open and ");
  assert.equal(open?.start, 5);
  assert.deepEqual(
    open?.borders.map(({ at }) => open.text.slice(at)),
    [
      "is cold because the window of the bath is open and ",
      "because the window of the bath is open and ",
      "is open and ",
      "and ",
    ],
  );
  const [rest] = segmenter.push("it snows. ");
  assert.equal(rest?.text, "😀 The room is cold because the window of the bath is open and it snows.");
  assert.equal(rest?.start, 5);
  assert.deepEqual(
    rest?.borders.map(({ at }) => rest.text.slice(at)),
    [
      "is cold because the window of the bath is open and it snows.",
      "because the window of the bath is open and it snows.",
      "is open and it snows.",
      "and it snows.",
    ],
  );
  assert.equal(opened(), undefined);
});

/**
 * The CPU that the borders of a text of so many characters take, the least of some tries, in microseconds a character.
 */
function cost(unit: string, length: number): number {
  const text = unit.repeat(Math.ceil(length / unit.length));
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = process.cpuUsage();
    const segmenter = createSegmenter();
    for (let at = 0; at < text.length; at += 5) {
      segmenter.push(text.slice(at, at + 5));
      assert.ok(segmenter.open === undefined || segmenter.open.borders.length < 100);
    }
    segmenter.flush();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / text.length);
  }
  return least;
}

for (const unit of ["对", "在从", "可以的", "人里", "the cat and ", "a", "나는 ", "私は本を", "“对", "**和", "是a"])
  it(`takes as long for each character of a long text of ${unit} as for those of a short one`, () => {
    const [short, long] = [cost(unit, 1000), cost(unit, 8000)];
    assert.ok(long < short * 3 + 2, `${short} µs, ${long} µs`);
  });
