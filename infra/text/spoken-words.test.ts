import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { type SpokenPiece, wordsOf } from "./spoken-words.ts";
import { spanWeight } from "./weight.ts";

function piece(written: string, start: number, spoken = written): SpokenPiece {
  return { written, start, asWritten: written === spoken, weight: spanWeight(spoken) };
}

const ranges = (...pieces: SpokenPiece[]) => wordsOf(pieces).map(({ start, end }) => [start, end]);

test("a rewritten piece is cut like its written text, and its words share its weight", () => {
  const words = wordsOf([
    piece("he owes 128 dollars to me, friend", 4, "he owes one hundred and twenty eight dollars"),
  ]);
  assert.deepEqual([words[0]?.start, words.length], [4, 7]);
  assert.equal(wordsOf([piece("(some kilometres!) ", 0, "some kilometers")]).at(-1)?.end, 18, "its marks are its own");
});

test("a short rewritten piece is one word, and so is code that is named and not read", () => {
  assert.deepEqual(ranges(piece("¥128", 3, "一百二十八元")), [[3, 7]]);
  const code = "```js\nconst price = 1;\n```\n";
  assert.deepEqual(ranges(piece(code, 10, "代码略。")), [[10, 10 + code.trim().length]]);
});

test("text that is said as written is cut alike, however it comes in pieces", () => {
  assert.deepEqual(ranges(piece("hel", 0), piece("lo the", 3), piece("re", 9)), ranges(piece("hello there", 0)));
});

test("what several pieces stand for is one word, however they lie in each other", () => {
  const [code, cell] = ["`npm ci`", " $29 "];
  const named = [piece(code, 4, "code"), piece("", 4, " "), piece(code, 4, "omitted")];
  assert.deepEqual(ranges(...named, piece("then", 13)), [
    [4, 12],
    [13, 17],
  ]);
  assert.deepEqual(ranges(piece(cell, 4, "price"), piece("$29", 5, "twenty-nine dollars"), piece(" ", 8, ".")), [
    [5, 8],
  ]);
  assert.deepEqual(ranges(piece("b", 5, "x"), piece("ab", 4, "y")), [[4, 6]]);
});

test("a pause that nobody wrote belongs to the word before it", () => {
  const [word, ...more] = wordsOf([piece("好", 0), piece("", 1, "，")]);
  assert.deepEqual([word?.said, word?.weight, more], [10, 18, []]);
});

test("no weight is lost where there is a word", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 });
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, fc.boolean()), { maxLength: 6 }), (parts) => {
      let start = 0;
      const pieces = parts.map(([written, spoken, same]) => {
        start += written.length;
        return piece(written, start - written.length, same ? written : spoken);
      });
      const words = wordsOf([piece("今天", 0), ...pieces.map((one) => ({ ...one, start: one.start + 2 }))]);
      const sum = words.reduce((total, word) => total + word.weight, 0);
      assert.ok(Math.abs(sum - 20 - pieces.reduce((total, { weight }) => total + weight, 0)) < 1e-6);
      for (const { said, weight } of words) assert.ok(said <= weight + 1e-9);
    }),
  );
});
