import assert from "node:assert/strict";
import { it } from "vitest";
import { known } from "./known.fixture.ts";
import { addPoints, peek, slice } from "./window.ts";

it("has nothing before the text, nothing after its end, and does not know what has not arrived", () => {
  const rows = [
    ["ab", -1, ""],
    ["ab", 0, "a"],
    ["ab", 1, "b"],
    ["ab", 2, undefined],
    ["ab∎", 2, ""],
    ["ab∎", 9, ""],
    ["∎", -1, ""],
  ] as const;
  for (const [text, index, c] of rows) assert.equal(peek(known(text).window, index), c, `${text} at ${index}`);
});

it("joins few characters as it joins many", () => {
  const text = `😀${"abcdefghij".repeat(5)}`;
  const { window } = known(text);
  for (const start of [0, 1, 7])
    for (const length of [0, 1, 19, 20, 21, 40])
      assert.equal(slice(window, start, start + length), [...text].slice(start, start + length).join(""));
});

it("takes no more characters than it was asked for, and tells where it stopped", () => {
  const rows = [
    ["abc", 0, 9, ["a", "b", "c"], 3],
    ["abc", 1, 1, ["b"], 2],
    ["abc", 0, 0, [], 0],
    ["a😀b", 0, 2, ["a", "😀"], 3],
    ["😀😀", 2, 9, ["😀"], 4],
    ["\uffff\u{10000}", 0, 9, ["\uffff", "\u{10000}"], 3],
    ["\ud83d", 0, 9, ["\ud83d"], 1],
    ["", 0, 9, [], 0],
  ] as const;
  for (const [text, from, count, added, stopped] of rows) {
    const points = ["before"];
    assert.equal(addPoints(points, text, from, count), stopped, text);
    assert.deepEqual(points, ["before", ...added], text);
  }
});
