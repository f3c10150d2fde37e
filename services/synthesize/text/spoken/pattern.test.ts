import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { edgesOf } from "./pattern.ts";

/** Characters of which the patterns below are made. */
const alphabet = [..."abcABC019 .,-/(é元\n"];

/** Patterns, the characters of the alphabet with which a match may begin, and those after which it may. */
const patterns: readonly (readonly [pattern: RegExp, first: string, after: string | undefined])[] = [
  [/abc/, "a", undefined],
  [/[a-c]\d/, "abc", undefined],
  [/[^a-c]/, "ABC019 .,-/(é元\n", undefined],
  [/a|b\d|(?:c|A)x/, "abcA", undefined],
  [/a?b*(?<n>c)/, "abc", undefined],
  [/a{0,2}b/, "ab", undefined],
  [/a{1,2}b/, "a", undefined],
  [/a+?b/, "a", undefined],
  [/\d\.\d/, "019", undefined],
  [/\p{Lu}/u, "ABC", undefined],
  [/\u{5143}|\u00e9/u, "é元", undefined],
  [/ab/i, "aA", undefined],
  [/(?=\d)[01a]/, "a01", undefined],
  [/(?!a)[ab]/, "ab", undefined],
  [/\bab\b/, "a", undefined],
  [/.b/, alphabet.join(""), undefined],
  [/a*/, alphabet.join(""), undefined],
  [/(a)?\1b/, alphabet.join(""), undefined],
  [/[\]a\\]\]/, "a", undefined],
  [/(?<!\d)a/, "a", "abcABC .,-/(é元\n"],
  [/(?<![A-Za-z.])(?<!元|12)a/, "a", "019 ,-/(é\n"],
  [/(?<!ab|c|\.)a/, "a", "abABC019 ,-/(é元\n"],
  [/(?<!a+)b/, "b", undefined],
  [/(?<!a?)b/, "b", undefined],
  [/(?<!(?:a|b))c/, "c", undefined],
  [/(?<=a)(?<!b)c/, "c", "acABC019 .,-/(é元\n"],
  [/(?<!a)b|c/, "bc", undefined],
  [/(?:(?<!a)b|c)/, "bc", undefined],
  [/(?<!\b)a|b/, "ab", undefined],
];
for (const [pattern, first, after] of patterns)
  it(`knows where ${pattern} may begin`, () => {
    const { beginsWith, follows } = edgesOf(pattern);
    assert.equal(alphabet.filter(beginsWith).join(""), first);
    assert.equal(alphabet.filter(follows).join(""), after ?? alphabet.join(""));
  });

it("knows no more than the pattern does", () => {
  const texts = fc.array(fc.constantFrom(...alphabet), { maxLength: 8 }).map((characters) => characters.join(""));
  fc.assert(
    fc.property(fc.constantFrom(...patterns), texts, ([pattern], text) => {
      const sticky = new RegExp(pattern.source, `${pattern.flags}y`);
      const { beginsWith, follows } = edgesOf(pattern);
      for (let index = 0; index < text.length; index++) {
        sticky.lastIndex = index;
        if (!sticky.test(text)) continue;
        assert.ok(beginsWith(text.charAt(index)), `${pattern} at ${index} of ${text}`);
        assert.ok(index === 0 || follows(text.charAt(index - 1)), `${pattern} at ${index} of ${text}`);
      }
    }),
    { numRuns: 2000 },
  );
});
