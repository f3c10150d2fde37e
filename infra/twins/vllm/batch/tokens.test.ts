import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { scriptQuestions } from "../../../script/script.ts";
import { tokenId, tokenize } from "./tokens.ts";

test("tokens join back to the text, and none is empty", () => {
  const written = fc.stringMatching(/^[a-z A-Z0-9一-龥，。\n\t😀é-]*$/u);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), written), (text) => {
      const tokens = tokenize(text);
      assert.equal(tokens.join(""), text);
      assert.ok(tokens.every((token) => token !== ""));
    }),
  );
});

test("hanzi and words come at about the rate of Qwen2.5's tokenizer", () => {
  assert.equal(tokenize("今天天气真不错啊").length, 5);
  assert.deepEqual(tokenize("The price is 42."), ["The", " price", " is", " ", "4", "2", "."]);
  const english = scriptQuestions.find(({ label }) => label === "A longer story")?.answer as string;
  const wordsPerToken = english.split(/\s+/).length / tokenize(english).length;
  assert.ok(wordsPerToken > 0.65 && wordsPerToken < 0.85, `${wordsPerToken} words a token`);
});

test("ids are within the vocabulary, and the same for the same token", () => {
  assert.equal(tokenId("你好"), tokenId("你好"));
  assert.ok(tokenize("a b c 一二三").every((token) => tokenId(token) >= 0 && tokenId(token) < 152_064));
});
