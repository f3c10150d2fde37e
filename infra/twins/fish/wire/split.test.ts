import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { splitText } from "./split.ts";

const story = "你好，我是语音助手。今天天气很好，适合出去走走。要不要我给你推荐几个地方？";

test("1.4 and 1.5 cut what is too long in bytes, and join again what fits", () => {
  const sizes = splitText(story, "bytes", 100).map((part) => Buffer.byteLength(part));
  assert.deepEqual(sizes, [72, 39]);
  assert.deepEqual(splitText("Hello there. How are you today? I am fine.", "bytes", 200).length, 1);
  assert.deepEqual(splitText("It costs 3.14 now. Good.", "bytes", 18), ["It costs 3.14 now.", " Good."]);
  assert.deepEqual(splitText("一二三，四五六", "bytes", 12), ["一二三，", "四五六"]);
  assert.deepEqual(splitText("abcdefgh", "bytes", 3), ["abc", "def", "gh"]);
});

test("1.4 and 1.5 speak nothing that has nothing to say", () => {
  for (const text of ["", " ... !?", "😀😀"]) assert.deepEqual(splitText(text, "bytes", 100), []);
  assert.deepEqual(splitText("。。。", "bytes", 100), ["。。。"]);
});

test("1.4 and 1.5 lose nothing of a text, and no part is too long", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[一二三。，a-c ,.!?]{0,80}$/), fc.integer({ min: 3, max: 60 }), (text, bytes) => {
      const parts = splitText(text, "bytes", bytes);
      assert.ok(parts.every((part) => Buffer.byteLength(part) <= bytes));
      const letters = (all: string) => all.replace(/[\s\p{P}]/gu, "");
      assert.equal(letters(parts.join("")), letters(text.replace(/,,/g, ",")));
    }),
  );
});

test("S1 cuts nothing; S2 at speakers' tags, some turns at a time", () => {
  assert.deepEqual(splitText(story.repeat(5), "none", 100), [story.repeat(5)]);
  const turns = "lost<|speaker:0|>一二三<|speaker:1|>你好";
  assert.deepEqual(splitText(turns, "speakers", 1), ["一二三", "你好"]);
  assert.deepEqual(splitText(turns, "speakers", 200), ["一二三\n你好"]);
  assert.deepEqual(splitText(story, "speakers", 1), [story]);
});
