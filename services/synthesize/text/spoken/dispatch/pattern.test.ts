import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { beginningOf, firstOf, followingOf } from "./pattern.ts";

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
  [/(?:a|b?)c{2}/, "abc", undefined],
  [/(?:(?=0)\d?)(?:a|B)+é/, "0", undefined],
  [/a{1,2}b/, "a", undefined],
  [/a+?b/, "a", undefined],
  [/\d\.\d/, "019", undefined],
  [/\p{Lu}/u, "ABC", undefined],
  [/\u{5143}|\u00e9/u, "é元", undefined],
  [/ab/i, "aA", undefined],
  [/(?=\d)[01a]/, "01", undefined],
  [/(?!a)[ab]/, "b", undefined],
  [/(?!a$|b\b)[ab]/, "ab", undefined],
  [/a(?=b)\d/, "a", undefined],
  [/\bab\b/, "a", undefined],
  [/.b/, "abcABC019 .,-/(é元", undefined],
  [/a*/, alphabet.join(""), undefined],
  [/(a)?\1b/, alphabet.join(""), undefined],
  [/[\]a\\]\]/, "a", undefined],
  [/(?<!\d)a/, "a", "abcABC .,-/(é元\n"],
  [/(?<![A-Za-z.])(?<!元|12)a/, "a", "019 ,-/(é\n"],
  [/(?<!ab|c|\.)a/, "a", "abABC019 ,-/(é元\n"],
  [/(?<!a+)b/, "b", "bcABC019 .,-/(é元\n"],
  [/(?<!a?)b/, "b", ""],
  [/(?<!(?:a|b))c/, "c", "cABC019 .,-/(é元\n"],
  [/(?<=a)(?<!b)c/, "c", "a"],
  [/(?<=ab|\d[.,]|é)(?<!^a|\bc)b/, "b", "b.,é"],
  [/(?<=^c)b/, "b", "c"],
  [/(?<!a)b|c/, "bc", undefined],
  [/(?:(?<!a)b|c)/, "bc", undefined],
  [/(?<!\b)a|b/, "ab", undefined],
];
for (const [pattern, first, after] of patterns)
  it(`knows where ${pattern} may begin`, () => {
    assert.equal(alphabet.filter(beginningOf(pattern)).join(""), first);
    assert.equal(alphabet.filter(firstOf(pattern)).join(""), first);
    assert.equal(alphabet.filter(followingOf(pattern)).join(""), after ?? alphabet.join(""));
  });

it("knows no more than the pattern does", () => {
  const texts = fc.array(fc.constantFrom(...alphabet), { maxLength: 8 }).map((characters) => characters.join(""));
  fc.assert(
    fc.property(fc.constantFrom(...patterns), texts, ([pattern], text) => {
      const sticky = new RegExp(pattern.source, `${pattern.flags}y`);
      const [mayBegin, mayFollow] = [beginningOf(pattern), followingOf(pattern)];
      for (let index = 0; index < text.length; index++) {
        sticky.lastIndex = index;
        if (!sticky.test(text)) continue;
        for (let end = index + 1; end <= text.length; end++)
          assert.ok(mayBegin(text.slice(index, end)), `${pattern} at ${index} of ${text}`);
        for (let start = 0; start < index; start++)
          assert.ok(mayFollow(text.slice(start, index)), `${pattern} at ${index} of ${text}`);
      }
    }),
    { numRuns: 2000 },
  );
});
