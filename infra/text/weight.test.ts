import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { spanWeight, spokenWeight } from "./weight.ts";

test("a Chinese character is a syllable, and so are three letters", () => {
  assert.equal(spokenWeight("今天"), 2);
  assert.ok(Math.abs(spokenWeight("assistant") - 3) < 0.1);
  assert.equal(spokenWeight("7"), 1);
});

test("a pause takes time, a longer one after a sentence; what is not heard takes none", () => {
  assert.ok(spokenWeight("好。") > spokenWeight("好，"));
  assert.ok(spokenWeight("好，") > spokenWeight("好"));
  assert.equal(spokenWeight(" 😀\u200b*"), 0);
});

test("weights add up", () => {
  const text = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(text, text, (one, other) => {
      assert.ok(Math.abs(spokenWeight(one + other) - spokenWeight(one) - spokenWeight(other)) < 1e-9);
    }),
  );
});

test("a span's weight is whole: ten for a syllable", () => {
  assert.deepEqual(["今天", "a", "今天。", " ", ""].map(spanWeight), [20, 3, 35, 0, 0]);
});
