import assert from "node:assert/strict";
import { it } from "vitest";
import { heardOf } from "./character.ts";
import type { Manner } from "./language.ts";

/** A text, the character of it that is looked at (the first of its kind), how the text is read, and what is heard. */
const rows: readonly (readonly [text: string, c: string, manner: Manner, heard: string])[] = [
  // A letter, and a sign that is left to the engine.
  ["né", "é", "en", "word é"],
  ["5 €", "€", "other", "word €"],
  ["5 €", "€", "zh", "nothing"],
  // White space.
  ["a b", " ", "en", "space"],
  ["a\tb", "\t", "zh", "space"],
  ["a\u3000b", "\u3000", "other", "space"],
  // The box of a key, and a picture.
  ["1\ufe0f\u20e3", "\u20e3", "zh", "pause ，"],
  ["ok 😊", "😊", "zh", "nothing"],
  ["ok 😊", "😊", "other", "space"],
  // Apostrophes.
  ["it's", "'", "en", "word '"],
  ["it’s", "’", "en", "word '"],
  ["'tis", "'", "en", "nothing"],
  // Hyphens.
  ["well-known", "-", "en", "hyphen"],
  ["well‑known", "‑", "en", "hyphen"],
  ["B-2", "-", "en", "hyphen of a figure"],
  ["中-a", "-", "zh", "nothing"],
  ["a - b", "-", "en", "pause ，"],
  ["a -- b", "-", "en", "pause ，"],
  ["a -b", "-", "en", "nothing"],
  // Slashes.
  ["and/or", "/", "en", "space"],
  ["TCP/IP", "/", "en", "space"],
  ["either/both", "/", "en", "space"],
  ["red/blue", "/", "en", "reading or"],
  ["red/blue", "/", "zh", "pause ，"],
  ["1/a", "/", "en", "pause ，"],
  ["a\\b", "\\", "en", "pause ，"],
  // Parentheses.
  ["f(x)", "(", "en", "space"],
  ["f(x) = 2", ")", "en", "space"],
  ["a = (b)", "(", "en", "space"],
  ["so (here) now", "(", "en", "pause ，"],
  ["so (here) now", ")", "en", "pause ，"],
  ["()", ")", "en", "space"],
  // Full stops.
  ["a.b", ".", "en", "space"],
  ["1...", ".", "en", "pause ，"],
  ["Dr. Wang", ".", "zh", "space"],
  ["J. K.", ".", "other", "space"],
  ["Dr.", ".", "zh", "pause 。"],
  ["approx. ten", ".", "en", "space"],
  ["So. Then", ".", "en", "pause 。"],
  // Other marks.
  ["好，", "，", "zh", "pause ，"],
  ["so?", "?", "en", "pause ？"],
  ["a^b", "^", "en", "nothing"],
];

for (const [text, c, manner, expected] of rows)
  it(`hears ${expected} of ${JSON.stringify(c)} in ${JSON.stringify(text)}, read as ${manner}`, () => {
    const heard = heardOf(c, text, text.indexOf(c), manner);
    const said = heard.kind === "pause" ? [heard.mark] : "text" in heard ? [heard.text] : [];
    assert.equal([heard.kind, ...said].join(" "), expected);
  });
